// The company's wall clock, in the manner that Personio writes it.
//
// Source   the system's IANA time zone database, by Howard Hinnant's library
#pragma once

#include <string>
#include <string_view>

#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace date {
class time_zone;
}

namespace refledger::sandbox {

class LocalTime {
 public:
  /// not_found for a zone that the database does not have.
  static Result<LocalTime> in(const std::string& zone);

  Date date_of(UtcMillis time) const;
  /// `2026-09-30T00:00:00+02:00`: the day's first moment with that day's offset.
  std::string midnight(Date day) const;
  /// `2026-08-03T14:12:09+02:00`.
  std::string instant(UtcMillis time) const;
  /// From `2026-08-03` or `2026-08-03T14:12:09`, taken as local time.
  Result<UtcMillis> parse(std::string_view text) const;

 private:
  explicit LocalTime(const date::time_zone* zone) : zone_(zone) {}
  std::chrono::seconds offset_of_local(std::chrono::seconds since_epoch) const;
  const date::time_zone* zone_;  // the library's, for as long as the program runs
};

}  // namespace refledger::sandbox
