// What goes wrong next.
#include "tools/personio-sandbox/faults.h"

#include <algorithm>
#include <array>

namespace refledger::sandbox {
namespace {

struct Named {
  std::string_view name;
  FaultKind kind;
  unsigned status = 200;
};

constexpr auto kNamed = std::to_array<Named>({
    {"400", FaultKind::status, 400},
    {"401", FaultKind::status, 401},
    {"403", FaultKind::status, 403},
    {"412", FaultKind::status, 412},
    {"429", FaultKind::status, 429},
    {"500", FaultKind::status, 500},
    {"502", FaultKind::status, 502},
    {"slow", FaultKind::slow},
    {"cut", FaultKind::cut},
    {"not-json", FaultKind::not_json},
    {"repeated-page", FaultKind::repeated_page},
    {"shrinking-total", FaultKind::shrinking_total},
    {"growing-total", FaultKind::growing_total},
    {"duplicate-person", FaultKind::duplicate_person},
    {"missing-person", FaultKind::missing_person},
    {"missing-attribute", FaultKind::missing_attribute},
    {"renamed-label", FaultKind::renamed_label},
    {"wrong-types", FaultKind::wrong_types},
    {"wrong-shape", FaultKind::wrong_shape},
    {"next-elsewhere", FaultKind::next_elsewhere},
    {"next-itself", FaultKind::next_itself},
    {"absolute-links", FaultKind::absolute_links},
    {"relative-links", FaultKind::relative_links},
});

}  // namespace

Result<PlannedFault> parse_fault(std::string_view name) {
  const auto found = std::find_if(kNamed.begin(), kNamed.end(),
                                  [&](const Named& named) { return named.name == name; });
  if (found == kNamed.end()) return Error{Fault::malformed, "kind: see docs/personio-sandbox.md"};
  PlannedFault fault;
  fault.kind = found->kind;
  fault.status = found->status;
  return fault;
}

std::vector<std::string_view> fault_names() {
  std::vector<std::string_view> names;
  for (const Named& named : kNamed) names.push_back(named.name);
  return names;
}

bool matches(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) return true;
  if (pattern == "$") return path.empty();
  if (pattern.front() != '*') {
    return !path.empty() && path.front() == pattern.front() &&
           matches(pattern.substr(1), path.substr(1));
  }
  for (std::size_t taken = 0; taken <= path.size(); ++taken) {
    if (matches(pattern.substr(1), path.substr(taken))) return true;
    if (taken < path.size() && path[taken] == '/') break;
  }
  return false;
}

std::optional<PlannedFault> Faults::next(std::string_view path) {
  const auto first = std::find_if(planned_.begin(), planned_.end(), [&](const PlannedFault& fault) {
    return matches(fault.path, path);
  });
  if (first == planned_.end()) return std::nullopt;
  if (first->at > 1) {
    --first->at;
    return std::nullopt;
  }
  PlannedFault fault = *first;
  if (--first->times == 0) planned_.erase(first);
  return fault;
}

}  // namespace refledger::sandbox
