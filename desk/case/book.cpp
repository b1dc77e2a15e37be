#include "desk/case/book.h"

#include <algorithm>
#include <tuple>

namespace refledger::desk {
namespace {

Outline outline_of(const Kept& kept) {
  const Case& one = kept.content;
  Outline outline;
  outline.item = kept.item;
  outline.case_id = one.case_id;
  outline.person = one.person;
  outline.start = one.start;
  outline.opened_at = one.opened_at;
  outline.stage = one.stage;
  outline.waiting = one.waiting;
  outline.destroyed = one.destroyed;
  outline.recheck = one.decisions.recheck;
  outline.gone = one.gone;
  outline.tries = one.tries;
  outline.correction_of = one.handing.correction_of;
  outline.publish_at = one.publish_at;
  outline.keep_until = one.handing.keep_until;
  outline.withdraw_at = one.handing.withdraw_at;
  if (one.identity) outline.status_index = one.identity->status_index;
  return outline;
}

void sort_by_age(std::vector<Outline>& outlines) {
  std::sort(outlines.begin(), outlines.end(), [](const Outline& a, const Outline& b) {
    return std::tie(a.opened_at, a.person, a.case_id) < std::tie(b.opened_at, b.person, b.case_id);
  });
}

}  // namespace

Result<void> CaseBook::open() {
  {
    const std::lock_guard<std::mutex> alone(alone_);
    if (opened_) return {};
  }
  Result<std::vector<Kept>> all = archive_->load_all(iss_, account_);
  if (!all) return all.error();
  for (const Kept& kept : *all) note(kept);
  const std::lock_guard<std::mutex> alone(alone_);
  opened_ = true;
  return {};
}

void CaseBook::note(const Kept& kept) {
  if (kept.content.iss != iss_ || kept.content.account != account_) return;
  const std::lock_guard<std::mutex> alone(alone_);
  by_person_[kept.content.person].insert(kept.content.case_id);
  cases_[kept.content.case_id] = outline_of(kept);
}

void CaseBook::forget(std::string_view case_id) {
  const std::lock_guard<std::mutex> alone(alone_);
  const auto found = cases_.find(case_id);
  if (found == cases_.end()) return;
  const auto person = by_person_.find(found->second.person);
  if (person != by_person_.end()) {
    person->second.erase(found->first);
    if (person->second.empty()) by_person_.erase(person);
  }
  cases_.erase(found);
}

std::vector<Outline> CaseBook::where(const Asked& asked) const {
  std::vector<Outline> found;
  {
    const std::lock_guard<std::mutex> alone(alone_);
    for (const auto& [id, outline] : cases_) {
      if (asked(outline)) found.push_back(outline);
    }
  }
  sort_by_age(found);
  return found;
}

std::vector<Outline> CaseBook::of_person(std::string_view person) const {
  std::vector<Outline> found;
  {
    const std::lock_guard<std::mutex> alone(alone_);
    const auto at = by_person_.find(person);
    if (at == by_person_.end()) return found;
    for (const std::string& id : at->second) found.push_back(cases_.find(id)->second);
  }
  sort_by_age(found);
  return found;
}

std::optional<Outline> CaseBook::find(std::string_view case_id) const {
  const std::lock_guard<std::mutex> alone(alone_);
  const auto found = cases_.find(case_id);
  return found == cases_.end() ? std::nullopt : std::optional(found->second);
}

std::size_t CaseBook::count(const Asked& asked) const {
  const std::lock_guard<std::mutex> alone(alone_);
  return static_cast<std::size_t>(std::count_if(
      cases_.begin(), cases_.end(), [&](const auto& entry) { return asked(entry.second); }));
}

Result<std::vector<Kept>> CaseBook::load(const std::vector<Outline>& outlines) const {
  std::vector<Kept> all;
  for (const Outline& outline : outlines) {
    Result<Kept> kept = archive_->load(outline.item);
    if (!kept) return kept.error();
    all.push_back(std::move(*kept));
  }
  return all;
}

bool has_work_left(const Outline& one) {
  switch (one.stage) {
    case Stage::open:
    case Stage::delivery_refused:
      return false;
    case Stage::delivery_unknown:
      return one.waiting == Waiting::nothing;
    case Stage::delivered:
    case Stage::withdrawn:
      return false;  // what is left of it goes when its time is over
    case Stage::drafted:
    case Stage::approved:
    case Stage::identified:
    case Stage::sealed:
    case Stage::sending:
      return true;
    case Stage::attested:  // may wait for a signature, or for somebody to hand it out
    case Stage::stored:
    case Stage::logged:
      return one.waiting == Waiting::nothing;
  }
  std::abort();
}

}  // namespace refledger::desk
