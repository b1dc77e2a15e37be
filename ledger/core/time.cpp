#include "ledger/core/time.h"

#include <array>
#include <cstdio>

namespace refledger {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

// The decimal digits of text[at, at + count), or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

Result<Date> parse_date(std::string_view text, std::string_view what) {
  const Error bad{Fault::malformed, std::string(what) + ": not a date (YYYY-MM-DD)"};
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad;
  const int y = digits(text, 0, 4);
  const int m = digits(text, 5, 2);
  const int d = digits(text, 8, 2);
  if (y < 0 || m < 0 || d < 0) return bad;
  const Date date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (!date.ok()) return bad;
  return date;
}

std::string format_date(Date date) {
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return out.data();
}

std::string format_time(UtcMillis time) {
  const auto midnight = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock{time - midnight};
  std::array<char, 24> out{};
  std::snprintf(out.data(), out.size(), "T%02d:%02d:%02d.%03dZ",
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()),
                static_cast<int>(clock.subseconds().count()));
  return format_date(Date{midnight}) + out.data();
}

Result<UtcMillis> parse_time(std::string_view text, std::string_view what) {
  const Error bad{Fault::malformed, std::string(what) + ": not a time (RFC 3339, UTC)"};
  if (text.size() != 24) return bad;
  const Result<Date> date = parse_date(text.substr(0, 10), what);
  if (!date) return bad;
  const int hours = digits(text, 11, 2);
  const int minutes = digits(text, 14, 2);
  const int seconds = digits(text, 17, 2);
  const int millis = digits(text, 20, 3);
  if (hours < 0 || minutes < 0 || seconds < 0 || millis < 0) return bad;
  const UtcMillis time = std::chrono::sys_days{*date} + std::chrono::hours{hours} +
                         std::chrono::minutes{minutes} + std::chrono::seconds{seconds} +
                         std::chrono::milliseconds{millis};
  if (format_time(time) != text) return bad;  // 25:61, other separators
  return time;
}

}  // namespace refledger
