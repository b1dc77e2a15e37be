// How long somebody was away during an employment.
//
// Units    Calendar days; overlapping periods count once, a half day as a day.
// Order    Pure.
// Source   docs/workflow.md, "Absences"
#pragma once

#include <string_view>
#include <vector>

#include "desk/case/case.h"
#include "ingest/source/source.h"

namespace refledger::desk {

/// Whether periods of this category are time away from service.  Holidays, and work elsewhere, are
/// not.
bool is_absence(std::string_view category);

/// What kind of absence a category of the HR system's is, as the leading cases tell them apart.
letter::AbsenceKind kind_of(std::string_view category);

/// `to`: the last day of the employment, or today.
Absences absences_of(const std::vector<ingest::AbsencePeriod>& periods, Date from, Date to,
                     UtcMillis read_at);

/// As the advice on mentioning them takes them.
std::vector<letter::Absence> for_advice(const Absences& absences);

}  // namespace refledger::desk
