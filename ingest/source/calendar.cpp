#include "ingest/source/calendar.h"

#include <array>
#include <cstdio>

namespace refledger::ingest {
namespace {

bool digits_at(std::string_view text, std::size_t at, std::size_t count, int below) {
  if (text.size() < at + count) return false;
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + (c - '0');
  }
  return value < below;
}

// "Z", "+01:00", "+0100"; the year 1835 has "+00:53".
bool is_offset(std::string_view text) {
  if (text == "Z") return true;
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return false;
  const std::size_t minutes = text.size() == 6 ? 4 : 3;
  if (text.size() == 6 && text[3] != ':') return false;
  return text.size() == minutes + 2 && digits_at(text, 1, 2, 24) && digits_at(text, minutes, 2, 60);
}

// "T00:00:00", perhaps ".000000", perhaps an offset.
bool is_time_of_day(std::string_view text) {
  if (text.size() < 9 || text[0] != 'T' || text[3] != ':' || text[6] != ':') return false;
  if (!digits_at(text, 1, 2, 24) || !digits_at(text, 4, 2, 60) || !digits_at(text, 7, 2, 61)) {
    return false;
  }
  text.remove_prefix(9);
  if (!text.empty() && text[0] == '.') {
    const std::size_t end = text.find_first_not_of("0123456789", 1);
    if (end == 1 || text.size() == 1) return false;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end);
  }
  return text.empty() || is_offset(text);
}

}  // namespace

Result<Date> to_day(std::string_view text) {
  const Result<Date> date = parse_date(text.substr(0, 10), "date");
  if (!date || (text.size() > 10 && !is_time_of_day(text.substr(10)))) {
    return Error{Fault::malformed, "not a date"};
  }
  return date;
}

Result<std::string> to_decimal(std::string_view text, double highest) {
  const Error wrong{Fault::malformed, "not a number"};
  double number = 0;
  double unit = 0;  // of the next decimal; 0 before the point
  if (text.empty() || text.size() > 8 || text[0] < '0' || text[0] > '9') return wrong;
  for (const char c : text) {
    if ((c == '.' || c == ',') && unit == 0) {
      unit = 0.1;
    } else if (c < '0' || c > '9') {
      return wrong;
    } else if (unit == 0) {
      number = number * 10 + (c - '0');
    } else {
      number += (c - '0') * unit;
      unit /= 10;
    }
  }
  if (number > highest) return wrong;
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), "%.2f", number);
  std::string shown = out.data();
  shown.erase(shown.find_last_not_of('0') + 1);
  if (shown.back() == '.') shown.pop_back();
  return shown;
}

}  // namespace refledger::ingest
