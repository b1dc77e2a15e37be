// The status token: who is withdrawn, read from the log and from nothing else.
//
// Source   docs/format/status-list.md
#pragma once

#include <set>

#include "desk/case/steps.h"

namespace refledger::desk {

/// The withdrawn indexes of list 0, taken from the log's entries as it grows.
class WithdrawnIndexes {
 public:
  /// Reads the entries that are new in `view`.
  Result<void> read(const log::View& view);
  const std::set<std::uint64_t>& indexes() const { return indexes_; }

 private:
  TreeSize read_{};
  std::set<std::uint64_t> indexes_;
};

/// Signs and publishes a new token, unless the one there covers the whole log, is signed by the
/// status key and is younger than an hour.  An empty log needs none.
Result<void> refresh_token(const Bench& bench, WithdrawnIndexes& withdrawn);

}  // namespace refledger::desk
