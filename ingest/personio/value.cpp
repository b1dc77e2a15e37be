#include "ingest/personio/value.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "ingest/source/calendar.h"
#include "ledger/core/text.h"

namespace refledger::ingest::personio {
namespace {

constexpr std::size_t kMaxText = 1000;
constexpr double kHoursInAWeek = 168;

Error bad(std::string_view key, const char* why) {
  return {Fault::malformed, std::string(key) + ": " + why};
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// Departments and the like are objects with a name.
Result<std::optional<std::string>> name_in(const Json& object, std::string_view key) {
  const Json& attributes = member(object, "attributes");
  const auto name = attributes.is_object() ? attributes.find("name") : attributes.end();
  if (name != attributes.end() && name->is_string()) return {name->get<std::string>()};
  if (name != attributes.end() && name->is_null()) return {std::optional<std::string>{}};
  return bad(key, "an object without a name");
}

std::string number_text(const Json& number) {
  if (number.is_number_float()) {
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%.2f", number.get<double>());
    return out.data();
  }
  return number.dump();
}

Result<std::optional<std::string>> raw_text(const Json& value, std::string_view key) {
  if (value.is_null() || (value.is_array() && value.empty())) return {std::optional<std::string>{}};
  if (value.is_string()) return {value.get<std::string>()};
  if (value.is_number()) return {number_text(value)};
  if (value.is_object()) return name_in(value, key);
  // A list of one choice.
  if (value.is_array() && value.size() == 1 && value[0].is_string()) {
    return {value[0].get<std::string>()};
  }
  return bad(key, "a value of this type is not expected");
}

}  // namespace

Result<std::optional<std::string>> text_of_value(const Json& value, std::string_view key) {
  Result<std::optional<std::string>> raw = raw_text(value, key);
  if (!raw || !*raw) return raw;
  const std::string text(trimmed(**raw));
  if (text.empty()) return {std::optional<std::string>{}};
  if (text.size() > kMaxText) return bad(key, "too long");
  if (!is_one_line(text)) return bad(key, "control characters");
  return {text};
}

std::optional<std::uint64_t> lenient_number(const Json& value) {
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  if (!value.is_string()) return std::nullopt;
  const std::string& text = value.get_ref<const std::string&>();
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

std::optional<std::string> id_in(const Json& object) {
  const Json& id = member(object, "id");
  std::string text;
  if (id.is_number_unsigned()) text = std::to_string(id.get<std::uint64_t>());
  if (id.is_string()) text = id.get<std::string>();
  return is_id(text) ? std::optional(text) : std::nullopt;
}

const Json& member(const Json& object, std::string_view name) {
  static const Json kNull;
  if (!object.is_object()) return kNull;
  const auto found = object.find(name);
  return found == object.end() ? kNull : *found;
}

Result<std::string> to_text(const std::string& text) { return text; }
Result<std::string> to_lower(const std::string& text) { return lower(text); }
Result<Date> to_date(const std::string& text) { return to_day(text); }

Result<std::string> to_hours(const std::string& text) {
  const Result<std::string> hours = to_decimal(text, kHoursInAWeek);
  if (!hours) return Error{Fault::malformed, "not a number of hours"};
  return hours;
}

Result<std::string> to_termination_type(const std::string& text) {
  std::string word = lower(text);
  std::replace_if(
      word.begin(), word.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  return word;
}

Result<EmploymentStatus> to_status(const std::string& text) {
  const std::string word = lower(text);
  if (word == "onboarding") return EmploymentStatus::onboarding;
  if (word == "active") return EmploymentStatus::active;
  if (word == "leave") return EmploymentStatus::leave;
  if (word == "inactive") return EmploymentStatus::inactive;
  return Error{Fault::malformed, "not a status that we know"};
}

}  // namespace refledger::ingest::personio
