#include "ingest/source/zone.h"

#include <date/tz.h>

#include <exception>
#include <string>

namespace refledger::ingest {

Result<std::chrono::minutes> ahead_of_utc(UtcMillis now, std::string_view zone) {
  try {
    const date::time_zone* found = date::locate_zone(std::string(zone));
    return std::chrono::floor<std::chrono::minutes>(found->get_info(now).offset);
  } catch (const std::exception&) {
    // The library throws runtime_error both for a name that is not there and for a database that
    // is not installed; its text holds paths, so it goes no further.
    return Error{Fault::not_found,
                 "time zone: '" + std::string(zone) + "' is not in the system's database"};
  }
}

Result<Date> local_date(UtcMillis now, std::string_view zone) {
  const Result<std::chrono::minutes> ahead = ahead_of_utc(now, zone);
  if (!ahead) return ahead.error();
  return Date{std::chrono::floor<std::chrono::days>(now + *ahead)};
}

}  // namespace refledger::ingest
