#include "ingest/personio/shape.h"

#include <algorithm>

#include "ingest/source/calendar.h"

namespace refledger::ingest::personio {
namespace {

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool is_number(std::string_view text) { return to_decimal(text, 99'999'999).has_value(); }

std::string shape_of_text(std::string_view text) {
  if (text.empty()) return {};
  if (to_day(text)) return "date";
  if (text.find('@') != std::string_view::npos && text.find(' ') == std::string_view::npos) {
    return "e-mail address";
  }
  if (is_number(text)) return "number";
  const std::size_t length = characters_in(text);
  return "text, " + std::to_string(length) + (length == 1 ? " character" : " characters");
}

}  // namespace

std::string shape_of(const Json& value) {
  if (value.is_string()) return shape_of_text(value.get_ref<const std::string&>());
  if (value.is_number()) return "number";
  if (value.is_boolean()) return "yes or no";
  if (value.is_array()) return value.empty() ? "" : "list";
  return value.is_object() ? "object" : "";
}

}  // namespace refledger::ingest::personio
