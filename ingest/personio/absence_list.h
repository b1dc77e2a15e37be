// Absences as the two versions list them: category and days, and nothing else of them is kept.
//
// Shape    Days are the company's own.  v1 tells whole days as local midnights, and hours as
//          instants in UTC, whose days stand in the breakdowns; v2 tells local times.
// Errors   malformed
// Source   developer.personio.de v1: time-off-types, time-offs, absence-periods; v2: absence-types,
//          absence-periods
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/source.h"

namespace refledger::ingest::personio {

inline constexpr std::size_t kMaxAbsenceBytes = 4 * 1024 * 1024;

/// Type id to category, in lower case; of v1 by both of its ids.
using Categories = std::map<std::string, std::string, std::less<>>;

struct Absence {
  std::string id;
  std::string person_id;  ///< empty: not told
  std::string type_id;
  std::string category;  ///< where the item itself tells it
  bool approved = true;
  Date from;
  std::optional<Date> to;  ///< nothing: it goes on
  bool half_day_start = false;
  bool half_day_end = false;
};

struct AbsencePage {
  std::optional<std::uint64_t> total;  ///< v1
  std::vector<Absence> absences;
  std::optional<std::string> cursor;  ///< v2
};

Result<Categories> parse_categories(std::string_view body);
Result<AbsencePage> parse_v1_absences(std::string_view body);
Result<AbsencePage> parse_v2_absences(std::string_view body);

/// The approved ones of `person` within `from` to `to`, by category, in order, overlaps and
/// neighbouring days joined.
std::vector<AbsencePeriod> to_periods(const std::vector<Absence>& absences,
                                      const Categories& categories, std::string_view person_id,
                                      Date from, Date to);

}  // namespace refledger::ingest::personio
