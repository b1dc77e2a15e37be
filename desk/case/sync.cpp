// One reading of the HR system: whom to read, whose record to keep, and what it comes to.
//
// Order    The HR system is read without holding up anybody; what it said is then taken in at one
//          go.  Cases first, what is remembered of the people last: a crash in between leads to the
//          same acts again, which find themselves done.
#include <algorithm>

#include "desk/case/absences.h"
#include "desk/case/state.h"
#include "ingest/source/match.h"
#include "ingest/source/zone.h"

namespace refledger::desk {
namespace {

using namespace std::chrono_literals;

// Personio takes updated_since as a time without a zone and lets edits surface late: a day, every
// zone on earth, and what the head may lag.
constexpr auto kOverlap = 48h;
// A head that is so much behind reads a little more than it must, and saves a write a reading.
constexpr auto kHeadMayLag = 6h;
// So many people do not vanish in a night: a credential lost its rights, or a filter was set.
constexpr std::size_t kBelievableLoss = 10;

// Counts for whoever waits, and hands everything on.
class Counting : public ingest::PeopleVisitor {
 public:
  Counting(ingest::Watch& watch, std::atomic<std::size_t>& count) : watch_(&watch), count_(&count) {
    *count_ = 0;
  }
  void restart() override {
    *count_ = 0;
    watch_->restart();
  }
  void person(ingest::Person&& person) override {
    ++*count_;
    watch_->person(std::move(person));
  }
  void unusable(std::string what) override { watch_->unusable(std::move(what)); }

 private:
  ingest::Watch* watch_;
  std::atomic<std::size_t>* count_;
};

std::size_t known_and_there(const ingest::KnownPeople& known) {
  std::size_t count = 0;
  known.for_each([&](const ingest::Known& one) { count += one.deleted ? 0 : 1; });
  return count;
}

// Whoever of them a list leaves out is asked for alone: a list without a total may leave somebody
// out without a sign.
std::vector<std::string> ids_there(const ingest::KnownPeople& known) {
  std::vector<std::string> ids;
  known.for_each([&](const ingest::Known& one) {
    if (!one.deleted) ids.push_back(one.id);
  });
  return ids;
}

std::size_t over_in(const ingest::KnownPeople& known) {
  std::size_t count = 0;
  known.for_each([&](const ingest::Known& one) {
    count += one.over && !one.only_listed && !one.deleted ? 1 : 0;
  });
  return count;
}

// Who is missing from a complete reading was deleted, unless too many are.
void look_for_deleted(ingest::Watch& watch, const ingest::KnownPeople& known, SyncReport& report) {
  const std::size_t there = known_and_there(known);
  const std::size_t seen = watch.seen();
  if (there > seen && there - seen > std::max(kBelievableLoss, there / 2)) {
    report.problems.push_back(
        "reading: the HR system told of " + std::to_string(seen) + " people, and " +
        std::to_string(there) +
        " were known; nobody is taken for deleted, so check what the credential may read");
    return;
  }
  watch.find_deleted();
}

void take_reading(SyncReport& report, const ingest::Reading& reading, const ingest::Watch& watch) {
  report.people = reading.people;
  report.complete = reading.complete;
  report.requests = reading.requests;
  report.api = reading.api;
  report.not_delivered = reading.not_delivered;
  report.unusable = watch.unusable();
  if (reading.unaccounted == 0) return;
  report.problems.push_back("reading: by the HR system's own count there are " +
                            std::to_string(reading.unaccounted) +
                            " more people than it told of; check what the credential may read");
}

bool worth_a_write(const WatchHead& before, const WatchHead& after) {
  WatchHead same = after;
  same.read_at = before.read_at;
  return !(same == before) || !before.read_at || *after.read_at - *before.read_at >= kHeadMayLag;
}

}  // namespace

Result<Date> Desk::State::today() const {
  return ingest::local_date(bench.now(), issuer.time_zone);
}

Result<ingest::ReadRequest> Desk::State::what_to_read(const SyncOptions& options,
                                                      const WatchHead& head,
                                                      const ingest::KnownPeople& known) const {
  Result<bool> sweep = is_sweep_due(head, bench.now(), issuer.time_zone);
  if (!sweep) return sweep.error();
  // A time from the future was noted by a clock that was wrong.
  const bool usable = head.read_at && *head.read_at <= bench.now();
  // Under other rules another day may be near for anybody.
  const bool everybody = options.full || *sweep || !usable || head.rules != rules_hash();
  if (everybody) return ingest::ReadRequest{{}, ids_there(known)};
  Result<Date> day = today();
  if (!day) return day.error();
  std::set<std::string> also(options.hints.begin(), options.hints.end());
  for (std::string& id : ingest::due_again(known, *day)) also.insert(std::move(id));
  for (const Outline& outline : book.where([](const Outline& one) { return one.recheck; })) {
    also.insert(outline.person);
  }
  const auto drafted = book.where([](const Outline& one) { return one.stage == Stage::drafted; });
  Result<std::vector<Kept>> cases = book.load(drafted);
  if (!cases) return cases.error();
  for (const Kept& kept : *cases) {
    if (gate_now(kept.content, *day).open) also.insert(kept.content.person);
  }
  return ingest::ReadRequest{*head.read_at - kOverlap, {also.begin(), also.end()}};
}

// A complete reading in the middle of the day does not stand for the night's.  An employer's name
// that is kept back is still a name.
Result<WatchHead> Desk::State::head_after(const WatchHead& before, const ingest::Reading& read,
                                          bool entities, UtcMillis began, Date day) const {
  Result<bool> due = is_sweep_due(before, began, issuer.time_zone);
  if (!due) return due.error();
  WatchHead after = before;
  after.read_at = began;
  const auto& kept_back = read.not_delivered;
  const bool told = read.complete &&
                    std::find(kept_back.begin(), kept_back.end(), "subcompany") == kept_back.end();
  after.entities = entities || (!told && before.entities);
  if (!read.complete) return after;
  after.rules = rules_hash();
  after.connected_on = before.connected_on.value_or(day);
  if (*due) after.swept_at = began;
  return after;
}

// The record of everybody whose case may change, and of nobody else.
bool Desk::State::wants(const ingest::Observed& observed, const Intake& intake) const {
  const ingest::Person& person = *intake.person;
  if (book.of_person(person.id).empty()) {
    return observed.judgement.standing != ingest::Standing::works && !observed.known.only_listed;
  }
  Result<std::vector<Kept>> cases = cases_of(person.id);
  if (!cases) return true;
  const Kept* kept = case_of(*cases, person);
  if (kept != nullptr && may_change(kept->content.stage)) return true;
  Result<std::optional<Planned>> planned = plan(intake);
  return !planned || planned->has_value();
}

// Once a case, when it is drafted.
bool Desk::State::wants_absences(const ingest::Attended& attended, Date day) const {
  if (attended.only_listed || attended.judgement.standing == ingest::Standing::works) return false;
  Result<std::vector<Kept>> cases = cases_of(attended.person.id);
  if (!cases) return false;
  const Kept* kept = case_of(*cases, attended.person);
  if (kept != nullptr) return may_change(kept->content.stage) && !kept->content.absences;
  return rule_about(attended.person, day).mode != ingest::AutomaticMode::off;
}

Result<std::map<std::string, Absences>> Desk::State::read_absences(const ingest::Watch& watch) {
  std::map<std::string, Absences> found;
  Result<Date> day = today();
  if (!day) return day.error();
  for (const auto& [id, attended] : watch.attended()) {
    if (!wants_absences(attended, *day)) continue;
    Result<std::vector<ingest::AbsencePeriod>> read = parts.source->read_absences(attended.person);
    if (!read && read.error().fault == Fault::refused) break;  // not permitted, so for nobody
    if (!read) continue;  // the case does without until the next reading
    found[id] =
        absences_of(*read, attended.person.hire_date.value,
                    attended.judgement.end ? attended.judgement.end->value : *day, bench.now());
  }
  return found;
}

// Whenever everybody is read, when a case is opened, and when HR decided something about it.
bool Desk::State::wants_further(const ingest::Attended& attended, bool complete, Date day) const {
  if (attended.only_listed) return false;
  Result<std::vector<Kept>> cases = cases_of(attended.person.id);
  if (!cases) return false;
  const Kept* kept = case_of(*cases, attended.person);
  if (kept == nullptr) return rule_about(attended.person, day).mode != ingest::AutomaticMode::off;
  const Case& one = kept->content;
  return may_change(one.stage) && !one.written && (complete || one.decisions.recheck);
}

std::vector<const ingest::Person*> Desk::State::wanting_further(const ingest::Watch& watch,
                                                                bool complete, Date day) const {
  std::vector<const ingest::Person*> about;
  for (const auto& [id, attended] : watch.attended()) {
    if (wants_further(attended, complete, day)) about.push_back(&attended.person);
  }
  return about;
}

// A system that fails says what it said before; nobody has to wait for it.
FurtherWords Desk::State::read_further(const std::vector<const ingest::Person*>& about,
                                       std::vector<std::string>& problems) {
  FurtherWords words;
  if (about.empty()) return words;
  for (const FurtherSource& further : parts.further) {
    ingest::Matcher matcher(about);
    Result<ingest::Reading> read = further.source->read_people({}, matcher);
    if (!read) {
      problems.push_back("account " + further.account + ": " + read.error().detail);
      continue;
    }
    for (const std::string& id : matcher.unclear()) {
      problems.push_back("account " + further.account + ": who person " + id + " is, is not clear");
    }
    words.read.push_back(further.account);
    words.people[further.account] = matcher.found();
  }
  return words;
}

Further FurtherWords::about(const std::string& id) const {
  Further further;
  for (const std::string& account : read) {
    const std::map<std::string, ingest::Person>& known = people.at(account);
    const auto found = known.find(id);
    further[account] = found == known.end() ? nullptr : &found->second;
  }
  return further;
}

Result<SyncReport> Desk::State::sync(const SyncOptions& options) {
  const std::lock_guard<std::mutex> one_reading(reading);
  if (auto opened = book.open(); !opened) return opened.error();
  Result<WatchHead> head = watch_state.head();
  if (!head) return head.error();
  Result<ingest::KnownPeople> known = watch_state.people();
  if (!known) return known.error();
  Result<ingest::ReadRequest> request = what_to_read(options, *head, *known);
  if (!request) return request.error();
  Result<Date> day = today();
  if (!day) return day.error();

  const UtcMillis began = bench.now();
  const Date connected = head->connected_on.value_or(*day);
  const ingest::WatchRules rules{*day, connected, issuer.look_back_days};
  ingest::Watch watch(
      *known, rules, [&](const ingest::Person& one) { return rule_about(one, *day).days_ahead; },
      [&](const ingest::Person& one, const ingest::Observed& now) {
        return wants(now, {&one, now.known.only_listed, head->entities, *day, connected});
      });
  Counting visitor(watch, people_read);
  is_reading = true;
  Result<ingest::Reading> read = parts.source->read_people(*request, visitor);
  is_reading = false;
  if (!read) return read.error();

  SyncReport report;
  report.dry_run = options.dry_run;
  take_reading(report, *read, watch);
  if (read->complete) look_for_deleted(watch, *known, report);
  report.findings = watch.findings();
  Result<std::map<std::string, Absences>> absences = read_absences(watch);
  if (!absences) return absences.error();

  const FurtherWords further =
      read_further(wanting_further(watch, read->complete, *day), report.problems);

  Result<WatchHead> after = head_after(*head, *read, watch.tells_entities(), began, *day);
  if (!after) return after.error();
  {
    const std::lock_guard<std::mutex> alone(changes);
    if (auto taken = take_in(watch, *after, *day, *absences, further, report); !taken)
      return taken.error();
    watch.settle(*known);
    report.leavers = over_in(*known);
    if (options.dry_run) return report;
    if (!known->changed().empty() || worth_a_write(*head, *after)) {
      if (auto saved = watch_state.save(*known, *after); !saved) return saved.error();
      bench.done(step::remembered);
    }
    const auto may_issue = [&](const Case& one) {
      return watch.attended().count(one.person) > 0 || one.gone;
    };
    if (auto carried = carry(may_issue, report); !carried) return carried.error();
  }
  return report;
}

}  // namespace refledger::desk
