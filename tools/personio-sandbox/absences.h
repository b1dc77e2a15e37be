// Who was away, when and as what; never why.
//
// Shape    Days are the company's; the last one is included.  An open end is still going on.
// Units    People of the crowd take no memory: theirs are made again whenever they are asked for.
// Source   developer.personio.de v1: time-offs, absence-periods; v2: absence-types, absence-periods
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "tools/personio-sandbox/company.h"

namespace refledger::sandbox {

struct AbsenceType {
  std::uint64_t id;
  std::string_view name;
  std::string_view category;
  bool by_hours = false;
  bool approval_required = true;
};

inline constexpr std::array<AbsenceType, 6> kAbsenceTypes = {{
    {301, "Ferien", "paid_vacation"},
    {302, "Krankheit", "sick_leave", false, false},
    {303, "Elternzeit", "maternity_parental_leave"},
    {304, "Unbezahlter Urlaub", "unpaid_vacation"},
    {305, "Militärdienst", "public_duty", false, false},
    {306, "Arzttermin", "other", true, false},
}};

/// nullptr if there is no such category.
const AbsenceType* absence_type(std::string_view category);

struct Absence {
  std::uint64_t id = 0;
  PersonId person = 0;
  const AbsenceType* type = nullptr;
  Date from;
  std::optional<Date> to;
  bool half_day_start = false;
  bool half_day_end = false;
  bool approved = true;
  UtcMillis changed;
};

inline constexpr int kMinutesADay = 504;
inline constexpr std::uint64_t kIdsOfAPerson = 1000;  ///< an absence's id begins with its person's

/// Working days of 8 hours 24 minutes, Saturdays and Sundays left out; hours count as two of them.
struct WorkedDay {
  Date date;
  int minutes;
};
std::vector<WorkedDay> days_of(const Absence& absence, Date today);

class Absences {
 public:
  /// `absence` without an id; returns it with one.
  Absence add(Absence absence);
  /// Of one person, the earliest first.
  std::vector<Absence> of(const Company& company, PersonId person) const;

 private:
  std::map<PersonId, std::vector<Absence>> added_;
};

}  // namespace refledger::sandbox
