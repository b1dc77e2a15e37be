#include "ingest/personio/person.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

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

// ---- meaning: text in, value out, or why not ----------------------------------------------------

Result<std::string> to_text(const std::string& text) { return text; }

Result<EmploymentStatus> to_status(const std::string& text) {
  const std::string word = lower(text);
  if (word == "onboarding") return EmploymentStatus::onboarding;
  if (word == "active") return EmploymentStatus::active;
  if (word == "leave") return EmploymentStatus::leave;
  if (word == "inactive") return EmploymentStatus::inactive;
  return Error{Fault::malformed, "not a status that we know"};
}

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

// Personio writes a day as the company's local midnight with that day's offset.  The day is the
// first ten characters; turned into UTC it would be the day before.
Result<Date> to_date(const std::string& text) {
  const Result<Date> date = parse_date(std::string_view(text).substr(0, 10), "date");
  if (!date || (text.size() > 10 && !is_time_of_day(std::string_view(text).substr(10)))) {
    return Error{Fault::malformed, "not a date"};
  }
  return date;
}

// "38.5", "40.00" and "38,5" as they come; "38.5", "40" as they go out.
Result<std::string> to_hours(const std::string& text) {
  const Error wrong{Fault::malformed, "not a number of hours"};
  double hours = 0;
  double unit = 0;  // of the next decimal; 0 before the point
  if (text.empty() || text.size() > 8 || text[0] < '0' || text[0] > '9') return wrong;
  for (const char c : text) {
    if ((c == '.' || c == ',') && unit == 0) {
      unit = 0.1;
    } else if (c < '0' || c > '9') {
      return wrong;
    } else if (unit == 0) {
      hours = hours * 10 + (c - '0');
    } else {
      hours += (c - '0') * unit;
      unit /= 10;
    }
  }
  if (hours > kHoursInAWeek) return wrong;
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), "%.2f", hours);
  std::string shown = out.data();
  shown.erase(shown.find_last_not_of('0') + 1);
  if (shown.back() == '.') shown.pop_back();
  return shown;
}

Result<std::string> to_letters(const std::string& text, bool upper) {
  std::string code = lower(text);
  const bool two =
      code.size() == 2 && code[0] >= 'a' && code[0] <= 'z' && code[1] >= 'a' && code[1] <= 'z';
  if (!two) return Error{Fault::malformed, "not a code of two letters"};
  if (upper) {
    for (char& c : code) c = static_cast<char>(c - 'a' + 'A');
  }
  return code;
}

Result<std::string> to_country(const std::string& text) { return to_letters(text, true); }
Result<std::string> to_language(const std::string& text) { return to_letters(text, false); }
Result<std::string> to_lower(const std::string& text) { return lower(text); }

// ---- shape: the value of an attribute as text ---------------------------------------------------

// Departments and the like are objects with a name.
Result<std::optional<std::string>> name_in(const Json& object, std::string_view key) {
  const auto attributes = object.find("attributes");
  if (attributes != object.end() && attributes->is_object()) {
    const auto name = attributes->find("name");
    if (name != attributes->end() && name->is_string()) return {name->get<std::string>()};
    if (name != attributes->end() && name->is_null()) return {std::optional<std::string>{}};
  }
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
  return bad(key, "a value of this type is not expected");
}

// Empty in all its spellings (null, "", [], blanks) is nothing.
Result<std::optional<std::string>> checked_text(const Json& value, std::string_view key) {
  Result<std::optional<std::string>> raw = raw_text(value, key);
  if (!raw || !*raw) return raw;
  const std::string text(trimmed(**raw));
  if (text.empty()) return {std::optional<std::string>{}};
  if (text.size() > kMaxText) return bad(key, "too long");
  if (!is_one_line(text)) return bad(key, "control characters");
  return {text};
}

// Reads one person's attributes one after the other; the first that cannot be used stays as error.
class Reader {
 public:
  Reader(const Json& attributes, UtcMillis read_at) : attributes_(attributes), read_at_(read_at) {}

  template <class T>
  std::optional<Value<T>> optional(const std::string& key,
                                   Result<T> (*meaning)(const std::string&)) {
    const auto found = attributes_.find(key);
    if (error_ || key.empty() || found == attributes_.end()) return std::nullopt;
    if (!found->is_object() || !found->contains("value")) return fail(bad(key, "no value"));
    const Result<std::optional<std::string>> text = checked_text((*found)["value"], key);
    if (!text) return fail(text.error());
    if (!*text) return std::nullopt;
    const Result<T> value = meaning(**text);
    if (!value) return fail(bad(key, value.error().detail.c_str()));
    return Value<T>{*value, {"Personio", key, read_at_}};
  }

  template <class T>
  Value<T> required(const std::string& key, Result<T> (*meaning)(const std::string&)) {
    must_be_delivered(key);
    std::optional<Value<T>> value = optional(key, meaning);
    if (value) return std::move(*value);
    if (!error_) error_ = bad(key, "empty");
    return {};
  }

  /// May be empty, but not missing: its absence would read as "no end date".
  void must_be_delivered(const std::string& key) {
    if (!error_ && !attributes_.contains(key)) error_ = bad(key, "not delivered");
  }

  const std::optional<Error>& error() const { return error_; }

 private:
  std::nullopt_t fail(Error error) {
    error_ = std::move(error);
    return std::nullopt;
  }

  const Json& attributes_;
  UtcMillis read_at_;
  std::optional<Error> error_;
};

void read_position(Reader& reader, Person& person) {
  person.position = reader.optional("position", to_text);
  person.department = reader.optional("department", to_text);
  person.weekly_hours = reader.optional("weekly_working_hours", to_hours);
  person.work_email = reader.optional("email", to_text);
  person.gender = reader.optional("gender", to_lower);
  person.legal_entity = reader.optional("subcompany", to_text);
}

void read_end(Reader& reader, Person& person) {
  reader.must_be_delivered("termination_date");
  reader.must_be_delivered("termination_type");
  person.termination_type = reader.optional("termination_type", to_text);
  person.termination_date = reader.optional("termination_date", to_date);
  person.contract_end = reader.optional("contract_end_date", to_date);
  person.last_working_day = reader.optional("last_working_day", to_date);
}

void read_custom(Reader& reader, const CustomKeys& custom, Person& person) {
  person.private_email = reader.optional(custom.private_email, to_text);
  person.country = reader.optional(custom.country, to_country);
  person.language = reader.optional(custom.language, to_language);
  person.reference_wish = reader.optional(custom.reference_wish, to_lower);
}

}  // namespace

Result<Person> to_person(const Employee& employee, const CustomKeys& custom, UtcMillis read_at) {
  Reader reader(employee.attributes, read_at);
  Person person;
  person.id = employee.id;
  person.status = reader.required("status", to_status);
  person.given_name = reader.required("first_name", to_text);
  person.family_name = reader.required("last_name", to_text);
  person.hire_date = reader.required("hire_date", to_date);
  read_position(reader, person);
  read_end(reader, person);
  read_custom(reader, custom, person);
  if (reader.error()) return *reader.error();
  return person;
}

}  // namespace refledger::ingest::personio
