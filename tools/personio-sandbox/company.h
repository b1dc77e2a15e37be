// The made-up company: who works there and since when, and what changed at what time.
//
// Shape    An employee is a map from attribute key to a value: text, a date as YYYY-MM-DD, a
//          number, or null; those of an employment are the newest one's.  Departments and the like
//          are kept by name; their ids are the company's.
// Order    People are kept by id, in ascending order.
// Units    People of the crowd take no memory until something about them changes.
// Errors   not_found (no such person), malformed (no such attribute, or not a value for it)
// Threads  One at a time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/json.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"
#include "tools/personio-sandbox/catalogue.h"

namespace refledger::sandbox {

using PersonId = std::uint64_t;
using Values = std::map<std::string, Json, std::less<>>;
using Times = std::map<std::string, UtcMillis, std::less<>>;

/// The value, or null.
const Json& value_in(const Values& values, std::string_view key);

struct Employment {
  Values values;  ///< only attributes of employments
  UtcMillis changed;
};

struct Employee {
  PersonId id = 0;
  Values values;
  Times changed;  ///< when each attribute was last set
  UtcMillis created;
  std::vector<Employment> earlier;  ///< oldest first

  const Json& value(std::string_view key) const { return value_in(values, key); }
  std::string text(std::string_view key) const;  ///< empty if it is no text
  /// Of all its attributes, or of those of the person or of the newest employment alone.
  UtcMillis modified(std::optional<Of> of = {}) const;
};

/// As another program sees it `today` (in UTC, as Personio does): onboarding before the first
/// day, inactive from the day after the last; otherwise what is kept.
std::string status_of(const Values& employment, Date today);

struct Unit {
  std::uint64_t id;
  Kind kind;
  std::string name;
};

class Company {
 public:
  Company();

  /// Adds a person whose values are all there and well-formed.
  Result<PersonId> hire(const Values& values, UtcMillis now);
  /// Sets all of `values`, or none if one of them is not right.
  Result<void> set(PersonId id, const Values& values, UtcMillis now);
  /// The employment so far is over for good, and a new one begins with these values.
  Result<void> begin_again(PersonId id, const Values& values, UtcMillis now);
  Result<void> remove(PersonId id);
  /// Adds so many people of generator.h, entered at `entered`.  Once, and before anybody changes.
  void add_crowd(std::size_t count, Date today, UtcMillis entered);

  std::size_t size() const { return static_cast<std::size_t>(end_ - kFirst) - gone_.size(); }
  std::optional<Employee> find(PersonId id) const;
  /// The person at this place among all, counted from 0.
  std::optional<PersonId> at(std::size_t place) const;
  /// The first person after `id`.
  std::optional<PersonId> after(PersonId id) const;
  /// Everybody who is not as the crowd was made; nobody else changed since entered().
  const std::map<PersonId, Employee>& known() const { return known_; }
  /// When the crowd, and whoever else was there at first, was entered.
  UtcMillis entered() const { return crowd_.entered; }
  Date crowd_today() const { return crowd_.today; }
  bool in_crowd(PersonId id) const {
    return id >= crowd_.first && id < crowd_.first + crowd_.count && exists(id);
  }

  /// Of a department, office, team or subcompany by its name; 0 if there is none.
  std::uint64_t id_of_unit(Kind kind, const std::string& name) const;
  const std::vector<Unit>& units() const { return units_; }

 private:
  static constexpr PersonId kFirst = 1001;
  struct Crowd {
    PersonId first = 0;
    std::size_t count = 0;
    Date today;
    UtcMillis entered;
  };
  bool exists(PersonId id) const;
  Result<Employee*> change(PersonId id, const Values& values);
  void apply(Employee& employee, const Values& values, UtcMillis now);
  Employee of_crowd(PersonId id) const;

  std::map<PersonId, Employee> known_;
  std::vector<PersonId> gone_;  ///< ascending
  PersonId end_ = kFirst;       ///< the next one's
  Crowd crowd_;
  std::vector<Unit> units_;
};

}  // namespace refledger::sandbox
