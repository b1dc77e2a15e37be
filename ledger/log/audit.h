// The whole ledger checked against itself: every entry, tile and row.
//
// Order    Reads every entry once, in order, and holds no more than the rules' state in memory.
// Errors   storage, naming the first entry, tile or index row that is not as it must be
// Source   docs/ledger.md, "What start-up checks"
#pragma once

#include <optional>
#include <string>

#include "ledger/keys/history.h"
#include "ledger/merkle/edge.h"
#include "ledger/store/store.h"

namespace refledger::log {

/// What an audit found to be right.
struct Audited {
  explicit Audited(const std::string& origin) : state(origin) {}
  keys::LedgerState state;
  merkle::Edge edge;
  std::optional<std::string> checkpoint;  ///< the stored signed note; nothing in an empty log
};

/// Every entry by the rules; every tile and index row recomputed, none missing and none too many;
/// size and root as in a checkpoint that `log_key` signed under `origin`.
Result<Audited> audit(const store::Reader& store, const std::string& origin,
                      const PublicKey& log_key);

}  // namespace refledger::log
