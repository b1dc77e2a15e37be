#include "ingest/watch/watch.h"

#include <algorithm>
#include <cstdlib>

namespace refledger::ingest {
namespace {

std::optional<Date> day_of(const std::optional<Value<Date>>& value) {
  return value ? std::optional<Date>(value->value) : std::nullopt;
}

// An end that nobody knows cannot lie after the connection began.
bool was_over_before_us(const Judgement& judgement, const WatchRules& rules) {
  const Date end = judgement.end ? judgement.end->value : days_after(rules.connected_on, -1);
  return end < days_after(rules.connected_on, -static_cast<int>(rules.look_back_days));
}

bool is_new_employment(const Known& before, const Known& now) {
  return now.start != before.start && before.end && *before.end < now.start;
}

class Comparison {
 public:
  Comparison(const Known& before, const Known& now, Date today)
      : before_(before), now_(now), today_(today) {}

  std::vector<Finding> findings() {
    if (before_.deleted) add(Event::came_back);
    if (is_new_employment(before_, now_)) {
      add(Event::rehired, now_.start, before_.start);
      return std::move(found_);
    }
    if (now_.start != before_.start) add(Event::start_corrected, now_.start, before_.start);
    compare_end();
    compare_term();
    if (now_.inactive && !before_.inactive) add(Event::became_inactive);
    return std::move(found_);
  }

 private:
  void add(Event event, std::optional<Date> day = {}, std::optional<Date> was = {}) {
    found_.push_back({now_.id, event, day, was});
  }
  void compare_end() {
    const std::optional<Date>& end = now_.end;
    const std::optional<Date>& was = before_.end;
    if (end == was) return;
    if (!end) return add(Event::end_withdrawn, {}, was);
    if (was) return add(*end < *was ? Event::end_earlier : Event::end_later, end, was);
    add(*end < today_ ? Event::end_backdated : Event::end_set, end);
  }
  void compare_term() {
    const std::optional<Date>& term = now_.term;
    const std::optional<Date>& was = before_.term;
    if (term == was) return;
    if (!term) return add(Event::term_lifted, {}, was);
    if (was) return add(*term < *was ? Event::term_earlier : Event::term_later, term, was);
    add(Event::term_set, term);
  }

  const Known& before_;
  const Known& now_;
  Date today_;
  std::vector<Finding> found_;
};

}  // namespace

const char* name_of(Event event) {
  switch (event) {
    case Event::over_before_us:
      return "over_before_us";
    case Event::became_inactive:
      return "became_inactive";
    case Event::end_set:
      return "end_set";
    case Event::end_backdated:
      return "end_backdated";
    case Event::end_earlier:
      return "end_earlier";
    case Event::end_later:
      return "end_later";
    case Event::end_withdrawn:
      return "end_withdrawn";
    case Event::term_set:
      return "term_set";
    case Event::term_earlier:
      return "term_earlier";
    case Event::term_later:
      return "term_later";
    case Event::term_lifted:
      return "term_lifted";
    case Event::start_corrected:
      return "start_corrected";
    case Event::rehired:
      return "rehired";
    case Event::deleted:
      return "deleted";
    case Event::came_back:
      return "came_back";
  }
  std::abort();
}

Observed observe(const Known* before, const Person& person, const WatchRules& rules,
                 unsigned days_ahead) {
  Observed seen;
  seen.judgement = judge(person, rules.today, days_ahead);
  Known& now = seen.known;
  now.id = person.id;
  now.employment = person.employment_id;
  now.start = person.hire_date.value;
  now.end = day_of(person.termination_date);
  now.term = day_of(person.contract_end);
  now.first_seen = before != nullptr ? before->first_seen : rules.today;
  now.look_again = seen.judgement.look_again;
  now.inactive = person.status.value == EmploymentStatus::inactive;
  now.over = is_over(seen.judgement.standing);
  if (before == nullptr) {
    now.only_listed = now.over && was_over_before_us(seen.judgement, rules);
    if (now.only_listed) seen.findings.push_back({now.id, Event::over_before_us, now.end});
    return seen;
  }
  // Whoever works again, or only now leaves, is like anybody else from then on.
  const bool leaves_now = !now.over || (now.inactive && !before->inactive);
  now.only_listed = before->only_listed && !leaves_now && !is_new_employment(*before, now) &&
                    was_over_before_us(seen.judgement, rules);
  seen.findings = Comparison(*before, now, rules.today).findings();
  return seen;
}

void Watch::restart() {
  seen_.clear();
  changes_.clear();
  findings_.clear();
  attended_.clear();
  unusable_.clear();
  tells_entities_ = false;
}

void Watch::person(Person&& person) {
  const Known* before = before_->find(person.id);
  Observed now = observe(before, person, rules_, days_ahead_(person));
  seen_.insert(person.id);
  tells_entities_ |= person.legal_entity && !person.legal_entity->value.empty();
  // Told twice in one reading, the later record counts.
  changes_.erase(person.id);
  findings_.erase(person.id);
  attended_.erase(person.id);
  if (before == nullptr || !(*before == now.known)) changes_[person.id] = now.known;
  if (!now.findings.empty()) findings_[person.id] = now.findings;
  if (!wanted_(person, now)) return;
  std::string id = person.id;
  attended_[std::move(id)] = {std::move(person), std::move(now.judgement), now.known.only_listed};
}

void Watch::unusable(std::string what) {
  seen_.insert(id_in(what));
  unusable_.push_back(std::move(what));
}

void Watch::find_deleted() {
  before_->for_each([this](const Known& known) {
    if (known.deleted || seen_.count(known.id) > 0) return;
    Known gone = known;
    gone.deleted = true;
    gone.look_again.reset();
    findings_[known.id] = {{known.id, Event::deleted}};
    changes_[known.id] = std::move(gone);
  });
}

void Watch::settle(KnownPeople& known) {
  for (auto& [id, change] : changes_) known.put(std::move(change));
  changes_.clear();
}

std::vector<Finding> Watch::findings() const {
  std::vector<Finding> all;
  for (const auto& [id, some] : findings_) all.insert(all.end(), some.begin(), some.end());
  return all;
}

std::string id_in(const std::string& unusable) { return unusable.substr(0, unusable.find(':')); }

std::vector<std::string> due_again(const KnownPeople& known, Date today) {
  std::vector<std::string> ids;
  known.for_each([&](const Known& one) {
    if (!one.deleted && one.look_again && *one.look_again <= today) ids.push_back(one.id);
  });
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace refledger::ingest
