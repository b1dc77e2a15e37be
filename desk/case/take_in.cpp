// Taking in what the HR system says: first what it comes to for each person, then doing it.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "desk/case/state.h"
#include "desk/case/word.h"
#include "ledger/core/encoding.h"

namespace refledger::desk {
namespace {

using ingest::Standing;

// Longer than any employment.
constexpr unsigned kAnyTime = 36500;

// What somebody left by is still known when the HR system no longer tells it.
ingest::Person with_known_type(ingest::Person person, const std::string& account,
                               const ingest::Candidates& said,
                               std::span<const std::string> not_delivered) {
  const bool told = person.tells_termination_type && !holds(not_delivered, "termination_type");
  const auto before = said.find("termination_type");
  if (told || person.termination_type || before == said.end()) return person;
  for (const ingest::Told& word : before->second) {
    if (word.account == account) person.termination_type = word.value;
  }
  return person;
}

// A definitive end that lies far ahead still ends the employment that a case is about.
ingest::Judgement judge_for(const ingest::Person& person, Date today, unsigned days_ahead,
                            bool has_case) {
  ingest::Judgement judgement = ingest::judge(person, today, days_ahead);
  const bool lies_ahead = judgement.standing == Standing::works && person.termination_date;
  return has_case && lies_ahead ? ingest::judge(person, today, kAnyTime) : judgement;
}

bool is_due_a_case(const ingest::Judgement& judgement, ingest::AutomaticMode mode, bool only_listed,
                   Date connected_on) {
  if (judgement.standing == Standing::works || only_listed) return false;
  if (mode == ingest::AutomaticMode::off) return false;
  // A term that was over before the connection, while the person worked on, was extended.
  return judgement.standing != Standing::term_ends || judgement.end->value >= connected_on;
}

bool is_about_the_gate(Waiting waiting) {
  return waiting == Waiting::to_release || waiting == Waiting::stopped ||
         waiting == Waiting::deleted_in_source;
}

// Whether taking in the draft would change the case.  What an earlier run drafted and found
// unprintable is tried again: the fonts may know it now.
bool differs(const Case& one, const Draft& draft, const ingest::Candidates& said) {
  if (one.gone || one.decisions.recheck || !one.changed.empty()) return true;
  if (said != one.said) return true;
  if (with_first_readings(draft.facts, one.facts) != one.facts) return true;
  const bool waits = draft.waiting != Waiting::nothing;
  if (waits != (one.stage == Stage::open)) return true;
  if (!waits) return one.waiting != Waiting::nothing && !is_about_the_gate(one.waiting);
  return one.waiting != draft.waiting || one.waiting_field != draft.waiting_field;
}

std::optional<Fact> another_address(const Case& one, const ingest::Person& person) {
  const bool not_arrived =
      one.stage == Stage::delivery_refused || one.waiting == Waiting::delivery_unknown;
  if (!not_arrived) return std::nullopt;
  std::optional<Fact> address = address_of(person);
  const bool another = address && address->value != value_of(one.facts, "to") &&
                       delivery::Address::parse(address->value).has_value();
  return another ? address : std::nullopt;
}

// Only trouble with a store passes; anything else is told and left for the next time.
Result<void> told_of(Result<void> taken, const std::string& person, SyncReport& report) {
  if (taken || taken.error().fault == Fault::storage) return taken;
  report.problems.push_back("person " + person + ": " + taken.error().detail);
  return {};
}

}  // namespace

std::string random_name(Random& random) {
  std::array<std::uint8_t, 16> drawn{};
  random.fill(drawn);
  return to_base32(drawn);
}

const char* name_of(Act act) {
  switch (act) {
    case Act::open:
      return "open";
    case Act::draft:
      return "draft";
    case Act::rest:
      return "rest";
    case Act::note:
      return "note";
    case Act::readdress:
      return "readdress";
    case Act::mark_gone:
      return "mark_gone";
  }
  std::abort();
}

// It had its reference; another one would be the second for one employment.
Result<bool> Desk::State::was_erased(const std::string& person, const std::string& start) const {
  Case key;
  key.iss = issuer.iss;
  key.account = issuer.account;
  key.person = person;
  key.start = start;
  return archive.was_erased(key);
}

Result<std::vector<Kept>> Desk::State::cases_of(std::string_view person) const {
  return book.load(book.of_person(person));
}

// ---- what it comes to ---------------------------------------------------------------------------

Result<std::optional<Planned>> Desk::State::plan(const Intake& intake) const {
  Result<std::vector<Kept>> cases = cases_of(intake.person->id);
  if (!cases) return cases.error();
  Kept* kept = case_of(*cases, *intake.person);
  if (kept != nullptr && may_be_a_rehire(kept->content, *intake.person)) {
    return std::optional<Planned>{};
  }
  const ingest::Person person = kept == nullptr
                                    ? *intake.person
                                    : with_known_type(*intake.person, issuer.account,
                                                      kept->content.said, intake.not_delivered);
  const Decisions decisions = kept != nullptr ? kept->content.decisions : Decisions{};
  const ingest::AutomaticRule rule = rule_about(person, intake.today);
  ingest::Candidates said = said_about(person, issuer.account, intake.further,
                                       kept != nullptr ? kept->content.said : ingest::Candidates{});
  const ingest::Person counts = as_it_counts(person, issuer.account, said, decisions, rule);
  const ingest::Judgement judgement =
      judge_for(counts, intake.today, rule.days_ahead, kept != nullptr);
  if (kept == nullptr) {
    if (!is_due_a_case(judgement, rule.mode, intake.only_listed, intake.connected_on)) {
      return std::optional<Planned>{};
    }
    Planned planned{Act::open, person.id};
    planned.start = format_date(person.hire_date.value);
    Result<bool> erased = was_erased(person.id, planned.start);
    if (!erased) return erased.error();
    if (*erased) return std::optional<Planned>{};
    planned.employment = person.employment_id;
    planned.draft = draft_of(counts, judgement, issuer, bench.now(), intake.entities);
    planned.absences = intake.absences;
    planned.said = std::move(said);
    return std::optional<Planned>(std::move(planned));
  }
  if (judgement.standing == Standing::works) return plan_rest(intake, std::move(*kept));
  return plan_change(intake, std::move(*kept), counts, std::move(said),
                     draft_of(counts, judgement, issuer, bench.now(), intake.entities));
}

std::optional<Planned> Desk::State::plan_change(const Intake& intake, Kept kept,
                                                const ingest::Person& counts,
                                                ingest::Candidates said, Draft draft) const {
  const Case& one = kept.content;
  Planned planned{Act::draft, one.person};
  planned.employment = intake.person->employment_id;
  if (may_change(one.stage) && !one.written) {
    const bool news = intake.absences && intake.absences != one.absences;
    if (!news && !differs(one, draft, said)) return std::nullopt;
    planned.absences = intake.absences;
    planned.said = std::move(said);
    planned.draft = std::move(draft);
    planned.kept = std::move(kept);
    return planned;
  }
  planned.changed = changes_since(one, draft.facts, intake.not_delivered);
  planned.address = another_address(one, counts);
  planned.act = planned.address ? Act::readdress : Act::note;
  if (!planned.address && planned.changed == one.changed && !one.gone) return std::nullopt;
  planned.kept = std::move(kept);
  return planned;
}

// Somebody who works here, or works on: what was begun for them rests, what was issued is noted.
std::optional<Planned> Desk::State::plan_rest(const Intake& intake, Kept kept) const {
  const Case& one = kept.content;
  Planned planned{Act::rest, one.person};
  const bool end_unsaid = is_kept_back(one, "employed_to", intake.not_delivered);
  if (!end_unsaid) planned.changed = {{kGoesOn, "yes"}};
  if (!may_change(one.stage) || one.written) {
    planned.act = Act::note;
    planned.changed = unsettled(one, std::move(planned.changed));
  }
  const bool at_rest =
      one.changed == planned.changed && !one.gone && !one.decisions.recheck &&
      (planned.act == Act::note || (one.stage == Stage::open && one.waiting == Waiting::nothing));
  if (at_rest) return std::nullopt;
  planned.kept = std::move(kept);
  return planned;
}

Result<std::vector<Planned>> Desk::State::plan_gone(const std::string& person) const {
  Result<std::vector<Kept>> cases = cases_of(person);
  if (!cases) return cases.error();
  std::vector<Planned> all;
  for (Kept& kept : *cases) {
    if (kept.content.gone) continue;
    Planned planned{Act::mark_gone, person};
    planned.kept = std::move(kept);
    all.push_back(std::move(planned));
  }
  return all;
}

// As it would be for HR to read: what waits, and when it is issued by itself.
PlannedAct Desk::State::told(const Planned& planned, Date today) const {
  PlannedAct told{planned.act, planned.person, "", planned.draft.waiting, ""};
  if (planned.kept) told.case_id = planned.kept->content.case_id;
  const bool drafts = planned.act == Act::open || planned.act == Act::draft;
  if (!drafts || planned.draft.waiting != Waiting::nothing) return told;
  Case one = planned.kept ? planned.kept->content : Case{};
  one.facts = planned.draft.facts;
  const Gate gate = gate_now(one, today);
  told.waiting = gate.waiting;
  told.issue = planned_day(gate, today, issuer.time_zone);
  return told;
}

// ---- doing it -----------------------------------------------------------------------------------

Result<Kept> Desk::State::open_case(const Planned& planned) {
  Case fresh;
  fresh.case_id = random_name(*parts.random);
  fresh.iss = issuer.iss;
  fresh.account = issuer.account;
  fresh.person = planned.person;
  fresh.start = planned.start;
  fresh.employment = planned.employment;
  fresh.opened_at = bench.now();
  fresh.decisions.opened_by_hand = planned.by_hand;
  Result<Kept> kept = archive.open(std::move(fresh));
  if (kept) bench.done(step::opened);
  return kept;
}

Result<void> Desk::State::apply(Planned planned) {
  if (planned.act == Act::open) {
    Result<Kept> opened = open_case(planned);
    if (!opened) return opened.error();
    planned.kept = std::move(*opened);
  }
  Kept& kept = *planned.kept;
  Case& one = kept.content;
  one.gone = planned.act == Act::mark_gone;
  switch (planned.act) {
    case Act::open:
    case Act::draft:
      one.employment = planned.employment;
      if (planned.absences) one.absences = planned.absences;
      one.said = std::move(planned.said);
      return take_draft(bench, kept, std::move(planned.draft));
    case Act::rest:
      one.stage = Stage::open;
      one.waiting = Waiting::nothing;
      one.waiting_field.clear();
      one.decisions.recheck = false;
      one.noticed_at.reset();
      one.changed = std::move(planned.changed);
      return archive.save(kept);
    case Act::note:
      one.changed = std::move(planned.changed);
      return archive.save(kept);
    case Act::readdress:
      one.changed = std::move(planned.changed);
      return readdress(bench, kept, std::move(*planned.address));
    case Act::mark_gone:
      if (one.stage == Stage::open && one.waiting != Waiting::nothing) {
        one.waiting = Waiting::deleted_in_source;
        one.waiting_field.clear();
      }
      return archive.save(kept);
  }
  std::abort();
}

Result<void> Desk::State::do_or_tell(Planned planned, Date today, SyncReport& report) {
  report.acts.push_back(told(planned, today));
  const std::size_t opened = planned.act == Act::open ? 1 : 0;
  const std::string person = planned.person;
  Result<void> done = report.dry_run ? Result<void>() : apply(std::move(planned));
  if (done) report.opened += opened;
  return told_of(std::move(done), person, report);
}

// A reading of few people tells nothing new about the others.
HrReading Desk::State::reading_after(const HrReading& before, const ingest::Watch& watch,
                                     SyncReport& report) const {
  HrReading fresh{report.unusable, report.not_delivered, bench.now()};
  if (!report.complete && !before.since) fresh.since.reset();  // nothing is known of what comes
  if (report.complete) {
    report.lost = lost_between(before, fresh);
    const auto still_gone = [&](const std::string& one) {
      return std::find(fresh.not_delivered.begin(), fresh.not_delivered.end(), one) !=
             fresh.not_delivered.end();
    };
    std::copy_if(before.lost.begin(), before.lost.end(), std::back_inserter(fresh.lost),
                 still_gone);
    fresh.lost.insert(fresh.lost.end(), report.lost.begin(), report.lost.end());
  } else {
    fresh.not_delivered = before.not_delivered;
    fresh.lost = before.lost;
    for (const std::string& what : before.unusable) {
      if (!watch.has_seen(ingest::id_in(what))) fresh.unusable.push_back(what);
    }
  }
  std::sort(fresh.unusable.begin(), fresh.unusable.end());
  return fresh;
}

// One that cannot be noted is no reason to leave anybody waiting.
Result<HrReading> Desk::State::note_reading(const ingest::Watch& watch, SyncReport& report) {
  Result<HrReading> before = archive.reading(issuer.iss, issuer.account);
  if (!before && before.error().fault == Fault::storage) return before.error();
  HrReading fresh = reading_after(before ? *before : HrReading{}, watch, report);
  if (report.dry_run) return fresh;
  something_lost = something_lost || !fresh.lost.empty();
  auto noted = archive.note_reading(issuer.iss, issuer.account, fresh);
  if (noted) return fresh;
  if (noted.error().fault == Fault::storage) return noted.error();
  report.problems.push_back("reading: " + noted.error().detail);
  return fresh;
}

Result<void> Desk::State::take_in(const ingest::Watch& watch, const WatchHead& head, Date today,
                                  const std::map<std::string, Absences>& absences,
                                  const FurtherWords& further, SyncReport& report) {
  const Result<HrReading> noted = note_reading(watch, report);
  if (!noted) return noted.error();
  for (const auto& [id, attended] : watch.attended()) {
    Intake intake{&attended.person,
                  attended.only_listed,
                  head.entities,
                  today,
                  head.connected_on.value_or(today),
                  {},
                  further.about(id),
                  noted->not_delivered};
    if (const auto found = absences.find(id); found != absences.end()) {
      intake.absences = found->second;
    }
    Result<std::optional<Planned>> planned = plan(intake);
    if (!planned) return planned.error();
    if (!*planned) continue;
    if (auto done = do_or_tell(std::move(**planned), today, report); !done) return done;
  }
  for (const ingest::Finding& finding : report.findings) {
    if (finding.event != ingest::Event::deleted) continue;
    Result<std::vector<Planned>> gone = plan_gone(finding.id);
    if (!gone) return gone.error();
    for (Planned& planned : *gone) {
      if (auto done = do_or_tell(std::move(planned), today, report); !done) return done;
    }
  }
  return {};
}

}  // namespace refledger::desk
