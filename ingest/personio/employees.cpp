#include "ingest/personio/employees.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "ingest/personio/person.h"

namespace refledger::ingest::personio {
namespace {

constexpr std::uint64_t kMaxPeople = 1'000'000;

// Without these no leaver is found, or one that must not be: their absence is no matter of taste.
constexpr std::array<std::string_view, 7> kRequired{
    "id", "status", "first_name", "last_name", "hire_date", "termination_date", "termination_type"};
constexpr std::array<std::string_view, 8> kOptional{
    "position", "department", "contract_end_date", "last_working_day", "weekly_working_hours",
    "email",    "gender",     "subcompany"};

Error not_delivered(std::string_view key) {
  return {Fault::refused, "Personio does not deliver the attribute " + std::string(key) +
                              ": tick it for this API credential"};
}

// Digits, as a number or as text; users report both for the same field.
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

Result<Json> attributes_of(const Json& item) {
  const auto attributes = item.find("attributes");
  if (attributes == item.end()) return Error{Fault::malformed, "employee: no attributes"};
  if (attributes->is_object()) return *attributes;
  // An empty map is an empty list in the language that the API is written in.
  if (attributes->is_array() && attributes->empty()) return Json::object();
  return Error{Fault::malformed, "employee: attributes expected as an object"};
}

Result<Employee> employee_of(const Json& item) {
  if (!item.is_object()) return Error{Fault::malformed, "employee: object expected"};
  Result<Json> attributes = attributes_of(item);
  if (!attributes) return attributes.error();
  const auto id = attributes->find("id");
  if (id == attributes->end()) return not_delivered("id");
  if (!id->is_object() || !id->contains("value")) {
    return Error{Fault::malformed, "employee: id without a value"};
  }
  const std::optional<std::uint64_t> number = lenient_number((*id)["value"]);
  if (!number || *number == 0) return Error{Fault::malformed, "employee: id is not a number"};
  return Employee{std::to_string(*number), std::move(*attributes)};
}

Result<std::uint64_t> total_of(const Json& body) {
  const auto metadata = body.find("metadata");
  if (metadata == body.end() || !metadata->is_object() || !metadata->contains("total_elements")) {
    return Error{Fault::malformed, "employees: metadata.total_elements is missing"};
  }
  const std::optional<std::uint64_t> total = lenient_number((*metadata)["total_elements"]);
  if (!total) return Error{Fault::malformed, "employees: metadata.total_elements is no number"};
  if (*total > kMaxPeople) {
    return Error{Fault::out_of_range, "employees: metadata.total_elements is beyond 1000000"};
  }
  return *total;
}

bool nobody_has(const std::vector<Employee>& employees, std::string_view key) {
  return !employees.empty() &&
         std::none_of(employees.begin(), employees.end(), [&](const Employee& employee) {
           return employee.attributes.contains(std::string(key));
         });
}

Result<void> check_delivered(const std::vector<Employee>& employees, const Mapping& mapping) {
  for (const std::string_view key : kRequired) {
    if (nobody_has(employees, key)) return not_delivered(key);
  }
  for (const auto& [field, key] : mapping) {
    if (nobody_has(employees, key)) return not_delivered(key);
  }
  return {};
}

}  // namespace

std::vector<std::string> asked_attributes(const Mapping& mapping) {
  std::vector<std::string> keys(kRequired.begin(), kRequired.end());
  keys.insert(keys.end(), kOptional.begin(), kOptional.end());
  for (const auto& [field, key] : mapping) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  return keys;
}

bool is_attribute_key(std::string_view key) {
  return !key.empty() && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Result<Page> parse_page(std::string_view body) {
  const Result<Json> parsed = parse_json(body, kMaxPageBytes, "employees");
  if (!parsed) return parsed.error();
  if (!parsed->is_object()) return Error{Fault::malformed, "employees: object expected"};
  if (const auto success = parsed->find("success"); success != parsed->end() && *success == false) {
    return Error{Fault::upstream, "employees: Personio reports no success"};
  }
  const Result<std::uint64_t> total = total_of(*parsed);
  if (!total) return total.error();
  const auto data = parsed->find("data");
  if (data == parsed->end() || !data->is_array()) {
    return Error{Fault::malformed, "employees: data expected as a list"};
  }
  Page page{*total, {}};
  for (const Json& item : *data) {
    Result<Employee> employee = employee_of(item);
    if (!employee) return employee.error();
    page.employees.push_back(std::move(*employee));
  }
  return page;
}

Result<People> to_people(const std::vector<Employee>& employees, const Mapping& mapping,
                         UtcMillis read_at) {
  if (Result<void> delivered = check_delivered(employees, mapping); !delivered) {
    return delivered.error();
  }
  People people{{}, {}, read_at};
  for (const std::string_view key : kOptional) {
    if (nobody_has(employees, key)) people.not_delivered.emplace_back(key);
  }
  for (const Employee& employee : employees) {
    Result<Person> person = to_person(employee, mapping, read_at);
    if (person) {
      people.people.push_back(std::move(*person));
    } else {
      people.unusable.push_back(employee.id + ": " + person.error().detail);
    }
  }
  return people;
}

}  // namespace refledger::ingest::personio
