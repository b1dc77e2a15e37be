#include "ingest/personio/v1_employees.h"

#include <algorithm>
#include <array>
#include <optional>

#include "ingest/personio/value.h"

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

}  // namespace

std::span<const std::string_view> required_attributes() { return kRequired; }
std::span<const std::string_view> optional_attributes() { return kOptional; }

std::vector<std::string> asked_attributes(const Mapping& mapping) {
  std::vector<std::string> keys(kRequired.begin(), kRequired.end());
  keys.insert(keys.end(), kOptional.begin(), kOptional.end());
  for (const auto& [field, key] : mapping) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  return keys;
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

Result<Employee> parse_employee(std::string_view body) {
  const Result<Json> parsed = parse_json(body, kMaxPageBytes, "employee");
  if (!parsed) return parsed.error();
  return employee_of(member(*parsed, "data"));
}

Delivered::Delivered(const Mapping& mapping) : mapping_(mapping) {
  for (std::string& key : asked_attributes(mapping)) seen_.emplace(std::move(key), 0);
}

void Delivered::take(const Employee& employee) {
  ++people_;
  for (auto& [key, count] : seen_) count += employee.attributes.contains(key);
}

bool Delivered::nobody_has(std::string_view key) const {
  const auto found = seen_.find(key);
  return people_ > 0 && found != seen_.end() && found->second == 0;
}

bool Delivered::uneven() const {
  return std::any_of(seen_.begin(), seen_.end(),
                     [this](const auto& one) { return one.second > 0 && one.second < people_; });
}

Result<void> Delivered::check() const {
  for (const std::string_view key : kRequired) {
    if (nobody_has(key)) return not_delivered(key);
  }
  return {};
}

std::vector<std::string> Delivered::missing() const {
  std::vector<std::string> keys;
  for (const std::string_view key : kOptional) {
    if (nobody_has(key)) keys.emplace_back(key);
  }
  for (const auto& [field, key] : mapping_) {
    if (nobody_has(key)) keys.push_back(field + ": " + key);
  }
  return keys;
}

}  // namespace refledger::ingest::personio
