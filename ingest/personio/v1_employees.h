// One page of v1's GET /company/employees, and which attributes it delivers.
//
// Shape    {"success":true,"metadata":{"total_elements":N},"data":[{"type":"Employee",
//          "attributes":{KEY:{"label":…,"value":…}}}]}; keys count, labels never
// Errors   malformed (not the promised shape), upstream ("success": false), refused (an attribute
//          that this credential may not read, by name)
// Source   developer.personio.de v1; docs/ingest.md
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/personio/mapping.h"
#include "ledger/core/json.h"
#include "ledger/core/result.h"

namespace refledger::ingest::personio {

/// Without these no leaver is found, or one that must not be.
std::span<const std::string_view> required_attributes();
/// What the document may do without.
std::span<const std::string_view> optional_attributes();
/// Every key that is asked for, in a fixed order.
std::vector<std::string> asked_attributes(const Mapping& mapping);

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

/// One employee alone: {"success":true,"data":{"type":"Employee","attributes":{…}}}.
Result<Employee> parse_employee(std::string_view body);

/// Which of the attributes asked for anybody had so far.  One that is not ticked on the credential
/// is left out for everybody; an empty one is there, with null.
class Delivered {
 public:
  explicit Delivered(const Mapping& mapping);
  void take(const Employee& employee);

  bool nobody_has(std::string_view key) const;  ///< false while there was nobody at all
  /// Whether one that somebody had was left out for somebody else: v1 gives all the same ones, so
  /// an answer was not whole.
  bool uneven() const;
  /// Refused when an attribute that the rest rests on is delivered for nobody.
  Result<void> check() const;
  /// The others that are delivered for nobody; a mapped one as "country: dynamic_2".
  std::vector<std::string> missing() const;

 private:
  Mapping mapping_;
  std::map<std::string, std::size_t, std::less<>> seen_;  // by how many
  std::size_t people_ = 0;
};

}  // namespace refledger::ingest::personio
