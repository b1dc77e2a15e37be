// Points in time and calendar dates.  Both are always arguments: only tools/ asks a real clock.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "ledger/core/result.h"

namespace refledger {

using UtcMillis = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::year_month_day;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual UtcMillis now() const = 0;
};

/// `2026-09-30`, and nothing else; a date that does not exist is malformed.
Result<Date> parse_date(std::string_view text, std::string_view what);
std::string format_date(Date date);

/// `2026-09-30T08:15:00.250Z` (RFC 3339).
std::string format_time(UtcMillis time);
Result<UtcMillis> parse_time(std::string_view text, std::string_view what);

}  // namespace refledger
