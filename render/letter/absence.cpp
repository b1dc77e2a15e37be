#include "render/letter/absence.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace refledger::letter {
namespace {

using Days = std::chrono::sys_days;

struct Stretch {
  Days from;
  Days end;  // the day after the last
};

Result<Stretch> stretch_of(Date from, Date to, const char* what) {
  const Error broken{Fault::malformed, std::string(what) + ": no such period"};
  if (!from.ok() || !to.ok() || to < from) return broken;
  return Stretch{Days(from), Days(to) + std::chrono::days(1)};
}

// Days of `within` that any of `stretches` covers; they are in the order of their begin.
long covered(const std::vector<Stretch>& stretches, Stretch within) {
  long days = 0;
  Days reached = within.from;
  for (const Stretch& one : stretches) {
    const Days from = std::max(one.from, reached);
    const Days end = std::min(one.end, within.end);
    if (from >= end) continue;
    days += (end - from).count();
    reached = end;
  }
  return days;
}

class Measure {
 public:
  static Result<Measure> of(const AbsenceFacts& facts) {
    auto whole = stretch_of(facts.employed_from, facts.employed_to, "employment");
    if (!whole) return whole.error();
    auto last = stretch_of(facts.function_since, facts.employed_to, "function_since");
    if (!last) return last.error();
    Measure measure{*whole, *last};
    for (const Absence& absence : facts.absences) {
      auto stretch = stretch_of(absence.from, absence.to, "absences");
      if (!stretch) return stretch.error();
      measure.absences_.push_back({absence.kind, *stretch});
    }
    std::sort(measure.absences_.begin(), measure.absences_.end(),
              [](const auto& a, const auto& b) { return a.second.from < b.second.from; });
    return measure;
  }

  long employed() const { return (whole_.end - whole_.from).count(); }
  long absent() const { return covered(all(), whole_); }
  long absent_in_last_function() const { return covered(all(), last_); }
  bool until_the_end() const { return last_until_end(all()); }
  double share(long days) const {
    return static_cast<double>(days) / static_cast<double>(employed());
  }

  bool reaches(const AbsenceCase& leading) const {
    const std::vector<Stretch> like = of_kinds(leading.kinds);
    const long days = covered(like, leading.in_last_function ? last_ : whole_);
    if (days == 0 || static_cast<double>(days) < leading.days) return false;
    if (share(days) < leading.share) return false;
    return !leading.at_the_end || last_until_end(like);
  }

 private:
  Measure(Stretch whole, Stretch last) : whole_(whole), last_(last) {}

  std::vector<Stretch> all() const {
    std::vector<Stretch> stretches;
    for (const auto& [kind, stretch] : absences_) stretches.push_back(stretch);
    return stretches;
  }
  std::vector<Stretch> of_kinds(const std::vector<AbsenceKind>& kinds) const {
    std::vector<Stretch> stretches;
    for (const auto& [kind, stretch] : absences_) {
      if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) stretches.push_back(stretch);
    }
    return stretches;
  }
  bool last_until_end(const std::vector<Stretch>& stretches) const {
    return std::any_of(stretches.begin(), stretches.end(), [&](const Stretch& one) {
      return one.from < whole_.end && one.end >= whole_.end;
    });
  }

  Stretch whole_;
  Stretch last_;
  std::vector<std::pair<AbsenceKind, Stretch>> absences_;
};

// The general rule is silence; below everything that was ever accepted it holds without question.
bool is_below(const AbsenceLaw& law, long days, double share) {
  return (law.floor_days == 0 || static_cast<double>(days) < law.floor_days) &&
         share < law.floor_share;
}

Mention weigh(const AbsenceLaw& law, const Measure& measure, AbsenceAdvice& advice) {
  if (is_below(law, advice.absent_days, advice.share)) return Mention::forbidden;
  Mention mention = Mention::ask;
  for (const AbsenceCase& leading : law.cases) {
    // A case of long absence says nothing about a small part of a long employment.
    const bool reached = advice.share >= law.floor_share && measure.reaches(leading);
    advice.cases.push_back({&leading, reached});
    if (!reached) continue;
    advice.reason_too = advice.reason_too || leading.reason_too;
    if (leading.requires_mention) mention = Mention::required;
    if (mention == Mention::ask) mention = Mention::allowed;
  }
  return mention;
}

}  // namespace

const char* name_of(AbsenceKind kind) {
  switch (kind) {
    case AbsenceKind::illness:
      return "illness";
    case AbsenceKind::accident:
      return "accident";
    case AbsenceKind::maternity:
      return "maternity";
    case AbsenceKind::parental:
      return "parental";
    case AbsenceKind::service:
      return "service";
    case AbsenceKind::unpaid:
      return "unpaid";
    case AbsenceKind::other:
      return "other";
  }
  std::abort();
}

Result<AbsenceKind> absence_kind_from(std::string_view name) {
  for (int n = 0; n <= static_cast<int>(AbsenceKind::other); ++n) {
    if (name == name_of(static_cast<AbsenceKind>(n))) return static_cast<AbsenceKind>(n);
  }
  return Error{Fault::malformed, "absence: no such kind"};
}

const char* name_of(Mention mention) {
  switch (mention) {
    case Mention::required:
      return "required";
    case Mention::allowed:
      return "allowed";
    case Mention::forbidden:
      return "forbidden";
    case Mention::ask:
      return "ask";
  }
  std::abort();
}

Result<AbsenceAdvice> advise(const AbsenceFacts& facts, const AbsenceLaws& laws) {
  const Result<Measure> measure = Measure::of(facts);
  if (!measure) return measure.error();
  AbsenceAdvice advice;
  advice.absent_days = measure->absent();
  advice.employed_days = measure->employed();
  advice.share = measure->share(advice.absent_days);
  advice.last_function_days = measure->absent_in_last_function();
  advice.until_the_end = measure->until_the_end();
  const AbsenceLaw* law = laws.find(facts.law);
  if (law != nullptr) {
    advice.rule = law->rule;
    advice.source = law->source;
  }
  if (advice.absent_days == 0 || !facts.type_may_mention) {
    advice.mention = Mention::forbidden;
  } else if (law != nullptr) {
    advice.mention = law->never ? Mention::forbidden : weigh(*law, *measure, advice);
  }
  if (advice.mention == Mention::forbidden) return advice;
  advice.needs_reason = true;
  if (law != nullptr) advice.question = law->question;
  return advice;
}

}  // namespace refledger::letter
