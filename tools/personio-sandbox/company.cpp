// The made-up company: who works there and since when.
#include "tools/personio-sandbox/company.h"

#include <algorithm>
#include <array>

#include "tools/personio-sandbox/generator.h"

namespace refledger::sandbox {
namespace {

constexpr std::uint64_t kFirstUnit = 71;
constexpr std::size_t kMaxText = 500;

// What says how an employment ends; a new one begins without.
constexpr std::array<std::string_view, 6> kEnds = {"contract_end_date", "termination_date",
                                                   "termination_type",  "termination_reason",
                                                   "last_working_day",  "probation_period_end"};

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
    case Kind::multiline:
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

Result<void> check(const Values& values) {
  for (const auto& [key, value] : values) {
    const Attribute* attribute = find_attribute(key);
    if (attribute == nullptr) return Error{Fault::malformed, "no such attribute"};
    if (!fits(*attribute, value)) return Error{Fault::malformed, key + ": not a value for it"};
  }
  return {};
}

Result<void> check_there(const Values& values, std::initializer_list<const char*> required) {
  for (const char* key : required) {
    const Json& value = value_in(values, key);
    if (!value.is_string() || value == "") {
      return Error{Fault::malformed, std::string(key) + ": missing"};
    }
  }
  return {};
}

/// Before, on or after `today`; 0 if there is no date.
int compare(const Values& values, std::string_view key, Date today) {
  const Json& value = value_in(values, key);
  if (!value.is_string()) return 0;
  const Result<Date> date = parse_date(value.get_ref<const std::string&>(), key);
  if (!date || *date == today) return 0;
  return *date < today ? -1 : 1;
}

}  // namespace

const Json& value_in(const Values& values, std::string_view key) {
  static const Json nothing;
  const auto found = values.find(key);
  return found == values.end() ? nothing : found->second;
}

std::string Employee::text(std::string_view key) const {
  const Json& found = value(key);
  return found.is_string() ? found.get<std::string>() : std::string();
}

UtcMillis Employee::modified(std::optional<Of> of) const {
  UtcMillis latest = created;
  for (const auto& [key, time] : changed) {
    if (!of || find_attribute(key)->of == *of) latest = std::max(latest, time);
  }
  return latest;
}

std::string status_of(const Values& employment, Date today) {
  if (compare(employment, "termination_date", today) < 0) return "inactive";
  if (compare(employment, "hire_date", today) > 0) return "onboarding";
  const Json& kept = value_in(employment, "status");
  return kept.is_string() && kept != "" ? kept.get<std::string>() : "active";
}

Company::Company() {
  for (const auto& [kind, name] : units_of_crowd()) {
    units_.push_back({kFirstUnit + units_.size(), kind, name});
  }
}

std::uint64_t Company::id_of_unit(Kind kind, const std::string& name) const {
  const auto found = std::find_if(units_.begin(), units_.end(), [&](const Unit& unit) {
    return unit.kind == kind && unit.name == name;
  });
  return found == units_.end() ? 0 : found->id;
}

void Company::apply(Employee& employee, const Values& values, UtcMillis now) {
  for (const auto& [key, value] : values) {
    const Kind kind = find_attribute(key)->kind;
    const bool names_unit = is_unit(kind) && value.is_string() && value != "";
    if (names_unit && id_of_unit(kind, value) == 0) {
      units_.push_back({kFirstUnit + units_.size(), kind, value});
    }
    employee.values[key] = value;
    employee.changed[key] = now;
  }
}

Result<PersonId> Company::hire(const Values& values, UtcMillis now) {
  if (Result<void> checked = check(values); !checked) return checked.error();
  Result<void> there = check_there(values, {"first_name", "last_name", "hire_date"});
  if (!there) return there.error();
  const PersonId id = end_++;
  Employee& employee = known_[id];
  employee.id = id;
  employee.created = now;
  apply(employee, values, now);
  return id;
}

Result<Employee*> Company::change(PersonId id, const Values& values) {
  if (!exists(id)) return Error{Fault::not_found, "id: nobody has it"};
  if (Result<void> checked = check(values); !checked) return checked.error();
  const auto found = known_.find(id);
  return found != known_.end() ? &found->second : &(known_[id] = of_crowd(id));
}

Result<void> Company::set(PersonId id, const Values& values, UtcMillis now) {
  Result<Employee*> employee = change(id, values);
  if (!employee) return employee.error();
  apply(**employee, values, now);
  return {};
}

Result<void> Company::begin_again(PersonId id, const Values& values, UtcMillis now) {
  if (Result<void> there = check_there(values, {"hire_date"}); !there) return there.error();
  Result<Employee*> employee = change(id, values);
  if (!employee) return employee.error();
  Employment over{{}, (*employee)->modified(Of::employment)};
  for (const auto& [key, value] : (*employee)->values) {
    if (find_attribute(key)->of == Of::employment) over.values[key] = value;
  }
  (*employee)->earlier.push_back(std::move(over));
  for (const std::string_view key : kEnds) apply(**employee, {{std::string(key), nullptr}}, now);
  apply(**employee, values, now);
  return {};
}

Result<void> Company::remove(PersonId id) {
  if (!exists(id)) return Error{Fault::not_found, "id: nobody has it"};
  known_.erase(id);
  gone_.insert(std::upper_bound(gone_.begin(), gone_.end(), id), id);
  return {};
}

void Company::add_crowd(std::size_t count, Date today, UtcMillis entered) {
  crowd_ = {end_, count, today, entered};
  end_ += count;
}

bool Company::exists(PersonId id) const {
  return id >= kFirst && id < end_ && !std::binary_search(gone_.begin(), gone_.end(), id);
}

Employee Company::of_crowd(PersonId id) const {
  Employee employee;
  employee.id = id;
  employee.created = crowd_.entered;
  employee.values = generated_person(id - kFirst, crowd_.today);
  return employee;
}

std::optional<Employee> Company::find(PersonId id) const {
  if (!exists(id)) return std::nullopt;
  const auto found = known_.find(id);
  return found != known_.end() ? found->second : of_crowd(id);
}

std::optional<PersonId> Company::at(std::size_t place) const {
  if (place >= size()) return std::nullopt;
  // gone_[i] - kFirst - i people are there before the i-th who is gone.
  std::size_t low = 0;
  std::size_t high = gone_.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const bool before = gone_[middle] - kFirst - middle <= place;
    (before ? low : high) = before ? middle + 1 : middle;
  }
  return kFirst + place + low;
}

std::optional<PersonId> Company::after(PersonId id) const {
  for (PersonId next = std::max(id + 1, kFirst); next < end_; ++next) {
    if (exists(next)) return next;
  }
  return std::nullopt;
}

}  // namespace refledger::sandbox
