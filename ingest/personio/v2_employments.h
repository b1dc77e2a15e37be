// One person's employments as v2 tells them, and which of them counts.
//
// Shape    {"_data":[{"id":"<uuid>","status":"INACTIVE","employment_start_date":"2019-03-01",…,
//          "termination":{"termination_date":"…","last_working_day":"…","type":"EMPLOYEE"},
//          "org_units":[{"type":"department","id":"28"}],"legal_entity":{"id":"170"}}]}.
//          Enums come in capitals or not; last_working_day is last_working_date in examples.
// Errors   malformed
// Source   developer.personio.de v2: GET /v2/persons/{id}/employments
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/personio/v2_persons.h"
#include "ingest/source/source.h"
#include "ledger/core/json.h"

namespace refledger::ingest::personio {

inline constexpr std::size_t kMaxEmploymentsBytes = 2 * 1024 * 1024;

struct Employment {
  std::string id;
  std::string person_id;      ///< empty: not told
  std::optional<Date> start;  ///< as far as it can be read
  std::string department_id;
  std::string legal_entity_id;
  Json kept;                           ///< the rest that a Person needs, flat
  bool tells(const char* name) const;  ///< delivered, if only as null
};

struct EmploymentsPage {
  std::vector<Employment> employments;
  std::optional<std::string> cursor;
};

Result<EmploymentsPage> parse_employments(std::string_view body);

/// The one that began last until `today`, or the first to begin; null where there is none.
const Employment* current(const std::vector<Employment>& employments, Date today);

/// Names that an employment tells only by id; nothing: not known.
struct Names {
  std::optional<std::string> department;
  std::optional<std::string> legal_entity;
};

Result<Person> to_person(const PersonRecord& record, const Employment& employment,
                         const Names& names, UtcMillis read_at);

}  // namespace refledger::ingest::personio
