// The ledger: an append-only Merkle tree of entries under one signed checkpoint.
//
// Units    Positions count entries, from 0.
// Errors   storage   it may or may not be on disk: the log takes no more until reopened
//          refused, conflict, malformed   from the rules of ledger/keys; nothing was written
//          out_of_range   more than kMaxBatch entries, or a token beyond kMaxStatusToken
//          conflict   the clock is before the last signing: nothing is signed until it is right
// Order    append() returns once entries, tiles, indexes and checkpoint are on disk, in one synced
//          batch, and the head is anchored outside the database.  A crash before that leaves the
//          old checkpoint; after it, the new one.
// Threads  Appends wait for each other.
// Source   RFC 9162 §2.1; c2sp.org/tlog-checkpoint, tlog-tiles, tlog-proof
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "ledger/core/signer.h"
#include "ledger/core/time.h"
#include "ledger/format/receipt.h"
#include "ledger/keys/history.h"
#include "ledger/log/anchor.h"
#include "ledger/log/view.h"
#include "ledger/store/store.h"

namespace refledger::log {

constexpr std::size_t kMaxBatch = 1000;                        ///< entries in one append
constexpr std::size_t kMaxStatusToken = std::size_t{1} << 20;  ///< bytes

class Log {
 public:
  /// Opens the log in `store`, or starts an empty one.  Reads every entry, checks it by the rules
  /// and recomputes every tile; a storage fault if anything is not what the checkpoint signs.
  /// refused if the store is older than the anchor, or tells another history.  All outlive the log.
  static Result<std::unique_ptr<Log>> open(store::Store& store, std::string origin,
                                           const Signer& log_key, Anchor& anchor,
                                           const Clock& clock);

  /// Appends the entries (JWS texts) in one step; one position each, in their order.  An entry that
  /// is there already, byte for byte, is not added again, so a caller that lost the answer repeats.
  Result<std::vector<LeafIndex>> append(std::span<const std::string> entries);

  /// Stores the status token of list `list` for the public process.
  Result<void> put_status_token(std::uint64_t list, std::string_view token);

  /// A view of everything appended so far.
  Result<View> view() const;

  /// A copy of the rules' state as of the last append.
  keys::LedgerState state() const;

  const std::string& origin() const;

  ~Log();

 private:
  struct State;
  explicit Log(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace refledger::log
