// The attributes that v1 offers to this credential.
//
// Shape    {"success":true,"data":[{"key":"dynamic_2","label":"…","type":"list",
//          "universal_id":null,"options":["…"]}]}
// Errors   malformed
// Source   developer.personio.de v1: GET /company/employees/attributes
#pragma once

#include <string_view>
#include <vector>

#include "ingest/source/source.h"

namespace refledger::ingest::personio {

inline constexpr std::size_t kMaxAttributeBytes = 2 * 1024 * 1024;

/// Whether `key` is spelt like one of Personio's attribute keys.
bool is_attribute_key(std::string_view key);
/// Whether it is one that a company made, or that not every company has.
bool is_custom(std::string_view key);

Result<std::vector<Attribute>> parse_attributes(std::string_view body);

}  // namespace refledger::ingest::personio
