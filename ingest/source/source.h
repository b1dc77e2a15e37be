// What an HR system tells about people, with the origin of every value.
//
// Shape    Every Value says which system, which field and when.  An attribute that the system does
//          not deliver is "absent" and never mistaken for an empty one.
// Source   docs/ingest.md
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::ingest {

struct Provenance {
  std::string source;  ///< "Personio", "bexio", "typed by NAME"
  std::string field;   ///< the system's own key, e.g. "hire_date"
  UtcMillis read_at;
  friend bool operator==(const Provenance&, const Provenance&) = default;
};

template <class T>
struct Value {
  T value;
  Provenance from;
  friend bool operator==(const Value&, const Value&) = default;
};

enum class EmploymentStatus { onboarding, active, leave, inactive };

struct Person {
  std::string id;  ///< the system's own, stable
  Value<EmploymentStatus> status;
  Value<std::string> given_name;
  Value<std::string> family_name;
  Value<Date> hire_date;
  std::optional<Value<std::string>> position;
  std::optional<Value<std::string>> department;
  std::optional<Value<std::string>> weekly_hours;
  std::optional<Value<std::string>> work_email;
  std::optional<Value<std::string>> private_email;
  std::optional<Value<std::string>> gender;          ///< female, male, diverse
  std::optional<Value<std::string>> country;         ///< ISO 3166-1 alpha-2: whose law governs
  std::optional<Value<std::string>> language;        ///< de or en: of the document
  std::optional<Value<std::string>> reference_wish;  ///< "confirmation": asked for expressly
  std::optional<Value<std::string>> legal_entity;
  std::optional<Value<std::string>> termination_type;
  std::optional<Value<Date>> termination_date;  ///< definitive last day of employment
  std::optional<Value<Date>> contract_end;      ///< a fixed term's end: never alone a leaving
  std::optional<Value<Date>> last_working_day;  ///< may be earlier (garden leave)
};

/// One complete reading: total and received agree, or there is none.
struct People {
  std::vector<Person> people;
  /// Records that could not be used, as "id: field: reason"; they are shown to HR, never dropped.
  std::vector<std::string> unusable;
  UtcMillis read_at;
  /// Optional attributes that the system delivers for nobody: not ticked, or not there.
  std::vector<std::string> not_delivered = {};
};

class HrSource {
 public:
  virtual ~HrSource() = default;
  virtual Result<People> read_people() = 0;
};

}  // namespace refledger::ingest
