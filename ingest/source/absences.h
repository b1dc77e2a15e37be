// Absences against an employment: how long somebody was really there.
//
// Shape    Pure.  Days are calendar days, first and last included; a half day at an end of a long
//          absence counts as a day, and half a day of work between two keeps them apart.  Which
//          categories count, and from how many days an absence is long, are rules.
// Units    Days
#pragma once

#include <string>
#include <vector>

#include "ingest/source/source.h"

namespace refledger::ingest {

/// By category, then in time; overlapping periods and neighbouring days of one category are one.
std::vector<AbsencePeriod> merged(std::vector<AbsencePeriod> periods);

struct AbsenceRules {
  /// An uninterrupted absence of at least so many days is long.
  int long_from_days = 30;
  /// Categories that are part of service, such as paid leave.
  std::vector<std::string> not_counted = {"paid_vacation", "offsite_work", "public_duty"};
};

struct LongAbsence {
  Date from;
  Date to;
  int days = 0;
  std::vector<std::string> categories;  ///< for HR; never for the reference
  friend bool operator==(const LongAbsence&, const LongAbsence&) = default;
};

struct Service {
  int employed_days = 0;
  int long_absence_days = 0;
  std::vector<LongAbsence> long_absences;
  int net_days() const { return employed_days - long_absence_days; }
  /// Of the employment, in [0, 1]; 0 for an employment without a day.
  double share() const;
};

/// `periods` in any order; what lies outside of `from` to `to` does not count.  Absences of several
/// categories that follow on each other are one.
Service net_service(Date from, Date to, const std::vector<AbsencePeriod>& periods,
                    const AbsenceRules& rules = {});

}  // namespace refledger::ingest
