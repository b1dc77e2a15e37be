// The made-up company: who works there and since when.
#include "tools/personio-sandbox/company.h"

#include <algorithm>

#include "tools/personio-sandbox/catalogue.h"

namespace refledger::sandbox {
namespace {

constexpr PersonId kFirstPerson = 1001;
constexpr std::uint64_t kFirstUnit = 71;
constexpr std::size_t kMaxText = 500;

const Json& nothing() {
  static const Json null;
  return null;
}

bool is_date(const Json& value) {
  return value.is_string() && parse_date(value.get_ref<const std::string&>(), "date").has_value();
}

bool is_option(const Json& value, std::string_view options) {
  if (!value.is_string()) return false;
  const std::string padded = "," + std::string(options) + ",";
  const auto& text = value.get_ref<const std::string&>();
  return text.empty() || padded.find("," + text + ",") != std::string::npos;
}

bool fits(const Attribute& attribute, const Json& value) {
  if (value.is_null()) return true;
  switch (attribute.kind) {
    case Kind::date:
    case Kind::bare_date:
      return is_date(value);
    case Kind::list:
      return is_option(value, attribute.options);
    case Kind::decimal:
      return value.is_number();
    case Kind::supervisor:
      return value.is_number_unsigned();
    case Kind::standard:
    case Kind::subcompany:
    case Kind::office:
    case Kind::department:
    case Kind::team:
      return value.is_string() && value.get_ref<const std::string&>().size() <= kMaxText;
    case Kind::integer:
    case Kind::instant:
      return false;  // the company's own: id, created_at, last_modified_at
  }
  return false;
}

bool is_unit(Kind kind) {
  return kind == Kind::subcompany || kind == Kind::office || kind == Kind::department ||
         kind == Kind::team;
}

/// Before, on or after `today`; 0 if there is no date.
int compare(const Employee& employee, std::string_view key, Date today) {
  const Result<Date> date = parse_date(employee.text(key), key);
  if (!date || *date == today) return 0;
  return *date < today ? -1 : 1;
}

}  // namespace

const Json& Employee::value(std::string_view key) const {
  const auto found = values.find(key);
  return found == values.end() ? nothing() : found->second;
}

std::string Employee::text(std::string_view key) const {
  const Json& found = value(key);
  return found.is_string() ? found.get<std::string>() : std::string();
}

UtcMillis Employee::modified() const {
  UtcMillis latest{};
  for (const auto& [key, time] : changed) latest = std::max(latest, time);
  return latest;
}

std::string Company::status_of(const Employee& employee, Date today) {
  if (compare(employee, "termination_date", today) < 0) return "inactive";
  if (compare(employee, "hire_date", today) > 0) return "onboarding";
  const std::string kept = employee.text("status");
  return kept.empty() ? "active" : kept;
}

Result<void> Company::check(const Values& values) const {
  for (const auto& [key, value] : values) {
    const Attribute* attribute = find_attribute(key);
    if (attribute == nullptr) return Error{Fault::malformed, "no such attribute"};
    if (!fits(*attribute, value)) return Error{Fault::malformed, key + ": not a value for it"};
  }
  return {};
}

void Company::apply(Employee& employee, const Values& values, UtcMillis now) {
  for (const auto& [key, value] : values) {
    const bool new_unit = is_unit(find_attribute(key)->kind) && value.is_string();
    if (new_unit) units_.try_emplace(value.get<std::string>(), kFirstUnit + units_.size());
    employee.values[key] = value;
    employee.changed[key] = now;
  }
}

Result<PersonId> Company::hire(const Values& values, UtcMillis now) {
  if (Result<void> checked = check(values); !checked) return checked.error();
  for (const char* required : {"first_name", "last_name", "hire_date"}) {
    const auto found = values.find(required);
    const bool there = found != values.end() && found->second.is_string() && found->second != "";
    if (!there) return Error{Fault::malformed, std::string(required) + ": missing"};
  }
  const PersonId id = people_.empty() ? kFirstPerson : people_.rbegin()->first + 1;
  Employee& employee = people_[id];
  employee.values["id"] = id;
  employee.changed["id"] = now;
  employee.changed["created_at"] = now;
  apply(employee, values, now);
  return id;
}

Result<void> Company::set(PersonId id, const Values& values, UtcMillis now) {
  const auto found = people_.find(id);
  if (found == people_.end()) return Error{Fault::not_found, "no such person"};
  if (Result<void> checked = check(values); !checked) return checked.error();
  apply(found->second, values, now);
  return {};
}

const Employee* Company::find(PersonId id) const {
  const auto found = people_.find(id);
  return found == people_.end() ? nullptr : &found->second;
}

std::uint64_t Company::id_of_unit(const std::string& name) const {
  const auto found = units_.find(name);
  return found == units_.end() ? 0 : found->second;
}

}  // namespace refledger::sandbox
