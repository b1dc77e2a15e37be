// What goes wrong next, by order of a test.
//
// Source   facts users of the API report: 429 and 500 at any time, tokens refused, answers cut off,
//          totals that change and people who come twice or not at all between two pages
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/core/result.h"

namespace refledger::sandbox {

enum class FaultKind {
  too_many,       ///< 429, without Retry-After
  server_error,   ///< 500
  unauthorized,   ///< 401, whatever the token
  cut,            ///< the answer ends in the middle
  changed_total,  ///< one more than there are
  duplicate,      ///< the page's first person comes twice
  missing,        ///< the page's last person does not come
};

/// `429`, `500`, `401`, `cut`, `total`, `duplicate`, `missing`.
Result<FaultKind> parse_fault(std::string_view name);

struct PlannedFault {
  FaultKind kind;
  std::string path_prefix;
  std::uint64_t after = 0;  ///< so many matching requests go well first
  std::uint64_t times = 1;
};

class Faults {
 public:
  void plan(PlannedFault fault) { planned_.push_back(std::move(fault)); }
  void clear() { planned_.clear(); }
  /// What shall happen to the request that has come for `path`.
  std::optional<FaultKind> next(std::string_view path);

 private:
  std::deque<PlannedFault> planned_;
};

}  // namespace refledger::sandbox
