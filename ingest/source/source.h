// What an HR system tells about people, with the origin of every value, and the interface behind
// which each such system is read.
//
// Shape    Every Value says which system, which field and when.  An attribute that the system does
//          not deliver is "absent" and never mistaken for an empty one.  People are handed over
//          one by one, so that a large company needs no more memory than a small one.
// Errors   refused (credentials or rights), upstream (the system failed, or its answers do not add
//          up), malformed (not what it promises, or a setting)
// Order    A reading that ends in an error counts for nothing, whatever was visited before.
// Threads  One call at a time on one source.
// Source   docs/ingest.md
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/report.h"
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
  std::string id;             ///< the system's own, stable
  std::string employment_id;  ///< the system's own; empty where it tells no employments apart
  Value<EmploymentStatus> status;
  Value<std::string> given_name;
  Value<std::string> family_name;
  Value<Date> hire_date;
  std::optional<Value<std::string>> position;
  std::optional<Value<std::string>> department;
  std::optional<Value<std::string>> weekly_hours;
  std::optional<Value<std::string>> work_email;
  std::optional<Value<std::string>> gender;  ///< female, male, diverse
  std::optional<Value<std::string>> legal_entity;
  std::optional<Value<std::string>> termination_type;
  std::optional<Value<Date>> termination_date;  ///< definitive last day of employment
  std::optional<Value<Date>> contract_end;      ///< a fixed term's end: never alone a leaving
  std::optional<Value<Date>> last_working_day;  ///< may be earlier (garden leave)
  bool tells_termination_type = true;           ///< false: kept back, which is not to have none
  /// Custom attributes, checked and normalised, by the name of a reference field (fields.h).
  std::map<std::string, Value<std::string>, std::less<>> mapped;

  const Value<std::string>* mapped_value(std::string_view field) const;  ///< null: not told
};

/// Takes the people of one reading as they come.
class PeopleVisitor {
 public:
  virtual ~PeopleVisitor() = default;
  /// The list is read again: forget everybody seen so far.
  virtual void restart() = 0;
  virtual void person(Person&& person) = 0;
  /// A record that could not be used, as "4711: hire_date: not a date": for HR, never dropped.
  virtual void unusable(std::string what) = 0;
};

struct ReadRequest {
  std::optional<UtcMillis> changed_since = {};  ///< nothing: everybody
  std::vector<std::string> also = {};           ///< ids to read in any case
};

/// What one successful reading was.
struct Reading {
  std::size_t people = 0;  ///< handed over, the unusable not counted
  UtcMillis read_at;       ///< before the first question: the data is at least as new
  bool complete = false;   ///< everybody was read
  /// Attributes that the system delivers for nobody: not ticked, or not there.
  std::vector<std::string> not_delivered = {};
  std::size_t requests = 0;
  std::string api = {};         ///< "v1", "v2"
  std::size_t unaccounted = 0;  ///< so many more people are there by the system's own count
};

/// An attribute that the system offers, without anybody's value.
struct Attribute {
  std::string key;
  std::string label;
  std::string type;
  std::string universal_id;  ///< the same in every company; empty: there is none
  std::vector<std::string> options = {};
  std::string sample_shape = {};  ///< "date", "e-mail address", "text"; empty: no sample seen
};

struct AbsencePeriod {
  std::string category;  ///< the system's own, e.g. "sick_leave"; never a reason or a comment
  Date from;
  Date to;  ///< the last day, included
  bool half_day_start = false;
  bool half_day_end = false;
  friend bool operator==(const AbsencePeriod&, const AbsencePeriod&) = default;
};

class HrSource {
 public:
  virtual ~HrSource() = default;
  virtual Result<Reading> read_people(const ReadRequest& request, PeopleVisitor& visitor) = 0;
  /// Nothing: the system does not know that id, or no longer.
  virtual Result<std::optional<Person>> read_person(std::string_view id) = 0;
  virtual Result<std::vector<Attribute>> attributes() = 0;
  /// Refused where the credential may not read absences.
  virtual Result<std::vector<AbsencePeriod>> read_absences(const Person& person) = 0;
  virtual ConnectionReport test() = 0;
};

/// One complete reading, in memory.
struct People {
  std::vector<Person> people;
  std::vector<std::string> unusable;  ///< as in PeopleVisitor
  UtcMillis read_at;
  std::vector<std::string> not_delivered = {};  ///< as in Reading
};

/// Everybody at once, for small companies and tests.
Result<People> read_all(HrSource& source);

}  // namespace refledger::ingest
