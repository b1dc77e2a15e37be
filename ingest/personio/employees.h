// One page of GET /company/employees, and what a person in it says.
//
// Shape    {"success":true,"metadata":{"total_elements":N},"data":[{"type":"Employee",
//          "attributes":{KEY:{"label":…,"value":…}}}]}; keys count, labels never
// Errors   malformed (not the promised shape), upstream ("success": false), refused (an attribute
//          that this credential may not read, by name)
// Source   developer.personio.de v1; docs/ingest.md
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/source.h"
#include "ledger/core/json.h"

namespace refledger::ingest::personio {

/// Reference field to attribute key ("dynamic_24407").
using Mapping = std::map<std::string, std::string, std::less<>>;

/// Every key that is asked for, in a fixed order.
std::vector<std::string> asked_attributes(const Mapping& mapping);

/// Whether `key` is spelt like one of Personio's attribute keys.
bool is_attribute_key(std::string_view key);

struct Employee {
  std::string id;
  Json attributes;  ///< an object
};

struct Page {
  std::uint64_t total_elements = 0;
  std::vector<Employee> employees;
};

inline constexpr std::size_t kMaxPageBytes = 8 * 1024 * 1024;

Result<Page> parse_page(std::string_view body);

/// All employees of one complete reading.  Refused when an attribute that the rest rests on is
/// delivered for nobody; a single person with unusable data goes to People::unusable.
Result<People> to_people(const std::vector<Employee>& employees, const Mapping& mapping,
                         UtcMillis read_at);

}  // namespace refledger::ingest::personio
