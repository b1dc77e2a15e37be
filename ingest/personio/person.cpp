#include "ingest/personio/person.h"

#include <array>
#include <cstdio>
#include <functional>
#include <optional>

#include "ingest/source/calendar.h"
#include "ingest/source/fields.h"
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

Result<Date> to_date(const std::string& text) { return to_day(text); }

Result<std::string> to_hours(const std::string& text) {
  const Result<std::string> hours = to_decimal(text, kHoursInAWeek);
  if (!hours) return Error{Fault::malformed, "not a number of hours"};
  return hours;
}

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

template <class T>
using Meaning = std::function<Result<T>(const std::string&)>;

// Reads one person's attributes one after the other; the first that cannot be used stays as error.
class Reader {
 public:
  Reader(const Json& attributes, UtcMillis read_at) : attributes_(attributes), read_at_(read_at) {}

  template <class T>
  std::optional<Value<T>> optional(const std::string& key, const Meaning<T>& meaning) {
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
  Value<T> required(const std::string& key, const Meaning<T>& meaning) {
    must_be_delivered(key);
    std::optional<Value<T>> value = optional<T>(key, meaning);
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
  person.position = reader.optional<std::string>("position", to_text);
  person.department = reader.optional<std::string>("department", to_text);
  person.weekly_hours = reader.optional<std::string>("weekly_working_hours", to_hours);
  person.work_email = reader.optional<std::string>("email", to_text);
  person.gender = reader.optional<std::string>("gender", to_lower);
  person.legal_entity = reader.optional<std::string>("subcompany", to_text);
}

void read_end(Reader& reader, Person& person) {
  reader.must_be_delivered("termination_date");
  reader.must_be_delivered("termination_type");
  person.termination_type = reader.optional<std::string>("termination_type", to_text);
  person.termination_date = reader.optional<Date>("termination_date", to_date);
  person.contract_end = reader.optional<Date>("contract_end_date", to_date);
  person.last_working_day = reader.optional<Date>("last_working_day", to_date);
}

void read_mapped(Reader& reader, const Mapping& mapping, Person& person) {
  for (const auto& [name, key] : mapping) {
    const ReferenceField& field = *find_field(name);
    auto value = reader.optional<std::string>(
        key, [&](const std::string& text) { return to_field(field, text); });
    if (value) person.mapped.emplace(name, std::move(*value));
  }
}

}  // namespace

Result<Person> to_person(const Employee& employee, const Mapping& mapping, UtcMillis read_at) {
  Reader reader(employee.attributes, read_at);
  Person person;
  person.id = employee.id;
  person.status = reader.required<EmploymentStatus>("status", to_status);
  person.given_name = reader.required<std::string>("first_name", to_text);
  person.family_name = reader.required<std::string>("last_name", to_text);
  person.hire_date = reader.required<Date>("hire_date", to_date);
  read_position(reader, person);
  read_end(reader, person);
  read_mapped(reader, mapping, person);
  if (reader.error()) return *reader.error();
  return person;
}

}  // namespace refledger::ingest::personio
