// The company's wall clock.
#include "tools/personio-sandbox/local_time.h"

#include <date/tz.h>

#include <array>
#include <cstdio>

namespace refledger::sandbox {
namespace {

using std::chrono::seconds;
using std::chrono::sys_days;

std::string written(seconds local, seconds offset) {
  const std::chrono::sys_seconds as_if_utc(local);
  const auto day = std::chrono::floor<std::chrono::days>(as_if_utc);
  const std::chrono::hh_mm_ss clock(as_if_utc - day);
  const std::chrono::hh_mm_ss apart(offset);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d%c%02d:%02d",
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), apart.is_negative() ? '-' : '+',
                static_cast<int>(apart.hours().count()), static_cast<int>(apart.minutes().count()));
  return format_date(Date{day}) + text.data();
}

Result<seconds> time_of_day(std::string_view text) {
  // The same grammar as a UTC time; only the zone is another.
  const Result<UtcMillis> time = parse_time("1970-01-01" + std::string(text) + ".000Z", "time");
  if (!time) return time.error();
  return std::chrono::floor<seconds>(time->time_since_epoch());
}

}  // namespace

Result<LocalTime> LocalTime::in(const std::string& zone) {
  try {
    return LocalTime(date::locate_zone(zone));
  } catch (const std::exception&) {
    return Error{Fault::not_found, "time zone " + zone};
  }
}

seconds LocalTime::offset_of_local(seconds since_epoch) const {
  return zone_->get_info(date::local_seconds(since_epoch)).first.offset;
}

Date LocalTime::date_of(UtcMillis time) const {
  return Date{std::chrono::floor<std::chrono::days>(time + zone_->get_info(time).offset)};
}

std::string LocalTime::midnight(Date day) const {
  const seconds local = sys_days(day).time_since_epoch();
  return written(local, offset_of_local(local));
}

std::string LocalTime::instant(UtcMillis time) const {
  const seconds offset = zone_->get_info(time).offset;
  return written(std::chrono::floor<seconds>(time.time_since_epoch()) + offset, offset);
}

Result<UtcMillis> LocalTime::parse(std::string_view text) const {
  const Result<Date> day = parse_date(text.substr(0, 10), "date");
  if (!day) return day.error();
  seconds local = sys_days(*day).time_since_epoch();
  if (text.size() > 10) {
    const Result<seconds> clock = time_of_day(text.substr(10));
    if (!clock) return clock.error();
    local += *clock;
  }
  return UtcMillis(local - offset_of_local(local));
}

}  // namespace refledger::sandbox
