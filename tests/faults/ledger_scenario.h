// What the ledger's worker appends, and what a check afterwards expects.
//
// Shape    Entries are the same in every run.  A note is a line: "a N POSITION" entry N was
//          acknowledged at that position; "t N" status token N was; "! ..." a fault came here.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ledger/log/company.h"

namespace refledger::test {

inline const std::vector<std::string>& scenario_entries() {
  static const std::vector<std::string> entries = [] {
    Company company;
    std::vector<std::string> made = company.small_ledger();
    for (std::uint64_t number = 10; number < 16; ++number) {
      made.push_back(company.issue(number, number));
      if (number % 2 == 0) made.push_back(company.withdraw(number));
    }
    return made;
  }();
  return entries;
}

/// How the entries are handed over: the number of each batch's first one.
inline const std::vector<std::size_t> kBatches{0, 1, 2, 5, 6, 9, 10, 11, 14, 16};
inline constexpr std::size_t kLargestBatch = 3;
/// Before these batches the log is closed and opened anew.
inline const std::set<std::size_t> kReopenings{3, 7};

inline std::string scenario_token(std::size_t number) {
  return "header.payload" + std::to_string(number) + ".signature";
}

}  // namespace refledger::test
