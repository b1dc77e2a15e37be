// One page of v2's persons.
//
// Shape    {"_data":[{"id":"4711","first_name":"…",…,"custom_attributes":[{"id":"dynamic_305",
//          "global_id":"date_of_birth","type":"date","value":…,"label":"…"}]}],"_meta":{"links":…}}.
//          Ids are text; a label may be missing; a custom value is of any JSON type.
// Order    v2 cannot be asked for some custom attributes: what is not mapped is dropped here.
// Errors   malformed
// Source   developer.personio.de v2: GET /v2/persons, GET /v2/persons/{id}
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/personio/mapping.h"
#include "ingest/source/source.h"
#include "ledger/core/json.h"

namespace refledger::ingest::personio {

inline constexpr std::size_t kMaxPersonsBytes = 4 * 1024 * 1024;

struct PersonRecord {
  std::string id;
  Json kept;  ///< an object of first_name, last_name, email and gender, as far as delivered
  std::map<std::string, Json, std::less<>> mapped;  ///< by reference field
  std::vector<std::string> employments = {};        ///< the ids that it names
};

struct PersonsPage {
  std::vector<PersonRecord> persons;
  std::optional<std::string> cursor;
};

Result<PersonsPage> parse_persons(std::string_view body, const Mapping& mapping);
Result<PersonRecord> parse_person(std::string_view body, const Mapping& mapping);

/// The custom attributes that anybody on the page has, with what their values look like.
Result<std::vector<Attribute>> parse_custom_attributes(std::string_view body);

}  // namespace refledger::ingest::personio
