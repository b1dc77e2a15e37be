// Who was away.
#include "tools/personio-sandbox/absences.h"

#include <algorithm>

#include "tools/personio-sandbox/draw.h"

namespace refledger::sandbox {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

Absence made(const Employee& employee, const AbsenceType& type, Date from, int length) {
  Absence absence;
  absence.person = employee.id;
  absence.type = &type;
  absence.from = from;
  absence.to = Date{sys_days(from) + days(length - 1)};
  absence.changed = employee.created;
  return absence;
}

/// Everybody of the crowd took holidays; one in fifty was ill for long.
std::vector<Absence> of_crowd(const Employee& employee, Date today) {
  Draw draw(employee.id * 31);
  std::vector<Absence> found;
  const auto back = [&](std::size_t least, std::size_t spread) {
    return Date{sys_days(today) - days(least + draw.below(spread))};
  };
  if (draw.below(50) == 0) {
    found.push_back(made(employee, kAbsenceTypes[1], back(200, 90), 60 + int(draw.below(120))));
  }
  found.push_back(made(employee, kAbsenceTypes[0], back(30, 60), 5 + int(draw.below(16))));
  return found;
}

}  // namespace

const AbsenceType* absence_type(std::string_view category) {
  const auto found = std::find_if(kAbsenceTypes.begin(), kAbsenceTypes.end(),
                                  [&](const AbsenceType& one) { return one.category == category; });
  return found == kAbsenceTypes.end() ? nullptr : found;
}

std::vector<WorkedDay> days_of(const Absence& absence, Date today) {
  std::vector<WorkedDay> found;
  const Date last = absence.to.value_or(std::max(absence.from, today));
  for (sys_days day = sys_days(absence.from); day <= sys_days(last); day += days(1)) {
    const unsigned weekday = std::chrono::weekday(day).iso_encoding();
    if (weekday >= 6) continue;
    const bool half = (absence.half_day_start && day == sys_days(absence.from)) ||
                      (absence.half_day_end && day == sys_days(last));
    const int whole = absence.type->by_hours ? 120 : kMinutesADay;
    found.push_back({Date{day}, half ? whole / 2 : whole});
  }
  return found;
}

Absence Absences::add(Absence absence) {
  std::vector<Absence>& list = added_[absence.person];
  absence.id = absence.person * kIdsOfAPerson + kIdsOfAPerson / 2 + list.size();
  list.push_back(absence);
  return absence;
}

std::vector<Absence> Absences::of(const Company& company, PersonId person) const {
  std::vector<Absence> found;
  if (company.in_crowd(person)) {
    found = of_crowd(*company.find(person), company.crowd_today());
    for (std::size_t at = 0; at < found.size(); ++at) found[at].id = person * kIdsOfAPerson + at;
  }
  const auto added = added_.find(person);
  if (added != added_.end()) {
    found.insert(found.end(), added->second.begin(), added->second.end());
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Absence& one, const Absence& other) { return one.from < other.from; });
  return found;
}

}  // namespace refledger::sandbox
