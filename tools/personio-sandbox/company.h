// The made-up company: who works there and since when, and what changed at what time.
//
// Shape    An employee is a map from attribute key to a value: text, a date as YYYY-MM-DD, a
// number,
//          or null.  Departments and the like are kept by name; their ids are the company's.
// Order    People are kept by id, in ascending order, and never removed.
// Errors   not_found (no such person), malformed (no such attribute, or not a value for it)
// Threads  One at a time.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/json.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::sandbox {

using PersonId = std::uint64_t;

struct Employee {
  std::map<std::string, Json, std::less<>> values;
  std::map<std::string, UtcMillis, std::less<>> changed;  ///< when each attribute was last set

  /// The value, or null.
  const Json& value(std::string_view key) const;
  std::string text(std::string_view key) const;  ///< empty if it is no text
  UtcMillis modified() const;
};

using Values = std::map<std::string, Json, std::less<>>;

class Company {
 public:
  /// As another program sees it `today` (in UTC, as Personio does): onboarding before the first
  /// day, inactive from the day after the last; otherwise what is kept.
  static std::string status_of(const Employee& employee, Date today);

  /// Adds a person whose values are all there and well-formed.
  Result<PersonId> hire(const Values& values, UtcMillis now);
  /// Sets all of `values`, or none if one of them is not right.
  Result<void> set(PersonId id, const Values& values, UtcMillis now);

  const std::map<PersonId, Employee>& people() const { return people_; }
  const Employee* find(PersonId id) const;

  /// Of a department, office, team or subcompany by its name; the same as long as it runs.
  std::uint64_t id_of_unit(const std::string& name) const;

 private:
  Result<void> check(const Values& values) const;
  void apply(Employee& employee, const Values& values, UtcMillis now);

  std::map<PersonId, Employee> people_;
  std::map<std::string, std::uint64_t> units_;
};

}  // namespace refledger::sandbox
