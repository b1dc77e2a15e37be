// The sentences of a connection test with Personio, in the languages that HR reads.
//
// Shape    One table by id and state; {} in a sentence is what the finding is about: an attribute's
//          key, a number, a version.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/report.h"

namespace refledger::ingest::personio {

/// Collects findings in the order in which they are made.
class Findings {
 public:
  /// A pair of id and state that the table does not hold is a mistake and ends the process.
  void add(std::string_view id, CheckState state, std::string_view subject = "");
  void ok(std::string_view id, std::string_view subject = "") { add(id, CheckState::ok, subject); }
  void warn(std::string_view id, std::string_view subject = "") {
    add(id, CheckState::warning, subject);
  }
  void missing(std::string_view id, std::string_view subject = "") {
    add(id, CheckState::missing, subject);
  }

  std::vector<CheckItem> take() { return std::move(items_); }

 private:
  std::vector<CheckItem> items_;
};

}  // namespace refledger::ingest::personio
