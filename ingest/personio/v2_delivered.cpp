#include "ingest/personio/v2_delivered.h"

#include <array>

#include "ingest/personio/v1_employees.h"
#include "ingest/personio/value.h"

namespace refledger::ingest::personio {
namespace {

constexpr std::array<std::string_view, 4> kAlways{"status", "first_name", "last_name", "hire_date"};
constexpr std::array<std::string_view, 2> kOfLeavers{"termination_date", "termination_type"};

Error not_delivered(std::string_view name) {
  return {Fault::refused, "Personio does not deliver the attribute " + std::string(name) +
                              ": tick it for this API credential"};
}

}  // namespace

V2Delivered::V2Delivered(const Mapping& mapping) : mapping_(mapping) {}

void V2Delivered::note(std::string_view name, bool there) {
  const auto at = seen_.try_emplace(std::string(name), false).first;
  at->second = at->second || there;
}

void V2Delivered::take(const PersonRecord& record, const Employment& employment,
                       const Names& names) {
  ++people_;
  for (const char* name : {"first_name", "last_name", "email", "gender"}) {
    note(name, record.kept.contains(name));
  }
  note("hire_date", employment.tells("employment_start_date"));
  note("position", employment.tells("position.title"));
  for (const char* name : {"status", "weekly_working_hours", "contract_end_date"}) {
    note(name, employment.tells(name));
  }
  note("department", names.department.has_value());
  note("subcompany", names.legal_entity.has_value());
  for (const auto& [field, key] : mapping_) note(field + ": " + key, record.mapped.contains(field));
  const Json& status = member(employment.kept, "status");
  if (!status.is_string() || *to_lower(status.get<std::string>()) != "inactive") return;
  note("termination_date",
       employment.tells("termination.termination_date") || employment.tells("employment_end_date"));
  note("termination_type", employment.tells("termination.type"));
  note("last_working_day", employment.tells("termination.last_working_day"));
}

bool V2Delivered::nobody_has(std::string_view name) const {
  const auto found = seen_.find(name);
  return found != seen_.end() && !found->second;
}

Result<void> V2Delivered::check() const {
  for (const std::string_view name : kAlways) {
    if (nobody_has(name)) return not_delivered(name);
  }
  // Of those who left both are told, if only as null; where of none, they are kept from us.
  for (const std::string_view name : kOfLeavers) {
    if (nobody_has(name)) return not_delivered(name);
  }
  return {};
}

std::vector<std::string> V2Delivered::missing() const {
  std::vector<std::string> names;
  for (const char* name : {"position", "department", "contract_end_date", "last_working_day",
                           "weekly_working_hours", "email", "gender", "subcompany"}) {
    if (nobody_has(name)) names.emplace_back(name);
  }
  for (const auto& [field, key] : mapping_) {
    if (nobody_has(field + ": " + key)) names.push_back(field + ": " + key);
  }
  return names;
}

}  // namespace refledger::ingest::personio
