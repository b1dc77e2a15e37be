// What goes wrong next.
#include "tools/personio-sandbox/faults.h"

#include <algorithm>

namespace refledger::sandbox {

Result<FaultKind> parse_fault(std::string_view name) {
  if (name == "429") return FaultKind::too_many;
  if (name == "500") return FaultKind::server_error;
  if (name == "401") return FaultKind::unauthorized;
  if (name == "cut") return FaultKind::cut;
  if (name == "total") return FaultKind::changed_total;
  if (name == "duplicate") return FaultKind::duplicate;
  if (name == "missing") return FaultKind::missing;
  return Error{Fault::malformed, "kind: 429, 500, 401, cut, total, duplicate or missing"};
}

std::optional<FaultKind> Faults::next(std::string_view path) {
  const auto first = std::find_if(planned_.begin(), planned_.end(), [&](const PlannedFault& fault) {
    return path.starts_with(fault.path_prefix);
  });
  if (first == planned_.end()) return std::nullopt;
  if (first->after > 0) {
    --first->after;
    return std::nullopt;
  }
  const FaultKind kind = first->kind;
  if (--first->times == 0) planned_.erase(first);
  return kind;
}

}  // namespace refledger::sandbox
