// What goes wrong next, by order of a test.
//
// Source   what users of the API report: refusals and failures at any time, answers cut off or of
//          other types, totals that change, people who come twice or not at all, links that lead
//          to the same page or elsewhere, attributes that vanish and labels that change
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/result.h"

namespace refledger::sandbox {

enum class FaultKind {
  status,             ///< that status, with the body that the API would send
  slow,               ///< the answer comes late
  cut,                ///< the answer ends in the middle
  not_json,           ///< 200, and a page in HTML
  repeated_page,      ///< what was answered before on this path
  shrinking_total,    ///< one fewer than there are
  growing_total,      ///< one more
  duplicate_person,   ///< the page's first person comes twice
  missing_person,     ///< the page's last person does not come
  missing_attribute,  ///< nobody on the page has it
  renamed_label,      ///< labels are other ones
  wrong_types,        ///< numbers as text, text as numbers
  wrong_shape,        ///< an object where the list should be
  next_elsewhere,     ///< the next page's link names another host
  next_itself,        ///< it names the page that it stands on
  absolute_links,
  relative_links,
};

struct PlannedFault {
  FaultKind kind = FaultKind::status;
  unsigned status = 500;             ///< of kind status: 400, 401, 403, 412, 429, 500, 502
  std::string path = {};             ///< a pattern, see matches(); empty: any
  std::uint64_t at = 1;              ///< the so-manieth matching request from now
  std::uint64_t times = 1;           ///< so many in a row
  std::chrono::milliseconds late{};  ///< of kind slow
  std::string attribute = {};        ///< of kind missing_attribute; empty: one of every page
};

/// `429`, `slow`, `next-itself`, ...: kind and status of a fault.
Result<PlannedFault> parse_fault(std::string_view name);

/// Every name that parse_fault takes.
std::vector<std::string_view> fault_names();

/// Whether `path` begins like `pattern`, in which `*` stands for anything but a slash and a `$` at
/// the end for the path's own end.
bool matches(std::string_view pattern, std::string_view path);

class Faults {
 public:
  void plan(PlannedFault fault) { planned_.push_back(std::move(fault)); }
  void clear() { planned_.clear(); }
  /// What shall happen to the request that has come for `path`.
  std::optional<PlannedFault> next(std::string_view path);

 private:
  std::deque<PlannedFault> planned_;
};

}  // namespace refledger::sandbox
