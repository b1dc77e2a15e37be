// The ledger: an append-only Merkle tree of entries under one signed checkpoint.
//
// Units    Positions count entries, from 0.
// Errors   storage   it may or may not be on disk: the log takes no more until reopened
//          refused, conflict, malformed   from the rules of ledger/keys; nothing was written
//          refused   too many entries are waiting already: try again later
//          out_of_range   more than kMaxBatch entries, or a token beyond kMaxStatusToken
//          conflict   the clock is before the last signing: nothing is signed until it is right
// Order    append() returns once a signed checkpoint that covers the entries is on disk, with them.
//          A crash before that leaves the old checkpoint; after it, the new one.  What many callers
//          ask for at once goes to the disk together.  The indexes are built behind that: what they
//          do not hold yet is found all the same.
// Threads  Any.
// Source   RFC 9162 §2.1; c2sp.org/tlog-checkpoint, tlog-tiles, tlog-proof
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ledger/core/signer.h"
#include "ledger/core/time.h"
#include "ledger/format/receipt.h"
#include "ledger/keys/ed25519.h"
#include "ledger/keys/history.h"
#include "ledger/log/anchor.h"
#include "ledger/log/rules.h"
#include "ledger/log/view.h"
#include "ledger/store/rocksdb_store.h"
#include "ledger/store/store.h"

namespace refledger::log {

constexpr std::size_t kMaxBatch = 1000;                        ///< entries in one append
constexpr std::size_t kMaxStatusToken = std::size_t{1} << 20;  ///< bytes

/// The ledger's store on disk.  Damage in its write-ahead log ends it there: the head anchor tells
/// what must be in it.
Result<std::unique_ptr<store::Store>> open_store(const std::filesystem::path& folder);

/// How the log works beside its callers.
struct Settings {
  std::size_t max_waiting = 8192;                    ///< entries in the queue
  std::size_t max_unindexed = std::size_t{3} << 13;  ///< then appends wait for the indexes
  std::size_t index_from = std::size_t{1} << 14;     ///< so many are indexed at once,
  std::chrono::milliseconds index_after{50};         ///< or what there is after a pause like this
  bool index_in_background = true;                   ///< otherwise only build_indexes() does
  unsigned checkers = 0;                             ///< threads for submit(); 0: one a core
  SignatureCheck signature_holds = keys::signature_holds;
  std::function<void(const Error&)> on_stop = [](const Error&) {};  ///< the first failed write
};

class Log {
 public:
  /// Opens the log in `store`, or starts an empty one.  Checks the right edge of the tree against
  /// the signed root, and whatever has no index rows yet; a storage fault if that is not as it must
  /// be.  refused if the store is older than the anchor, or tells another history.  All outlive the
  /// log.
  static Result<std::unique_ptr<Log>> open(store::Store& store, std::string origin,
                                           const Signer& log_key, Anchor& anchor,
                                           const Clock& clock, Settings settings = {});

  /// Appends the entries (JWS texts) in one step; one position each, in their order.  An entry that
  /// is there already, byte for byte, is not added again, so a caller that lost the answer repeats.
  Result<std::vector<LeafIndex>> append(std::span<const std::string> entries);

  /// The answer of an append that was asked for and not waited for.
  class Ticket;
  /// As append(), but the answer is waited for later: many appends under way from one thread.
  Result<Ticket> submit(std::span<const std::string> entries);

  /// Stores the status token of list `list` for the public process.
  Result<void> put_status_token(std::uint64_t list, std::string_view token);

  /// A view of everything appended so far.
  Result<View> view() const;

  /// Every issuer's keys as of the last append.
  keys::Issuers issuers() const;

  /// Writes the index rows of everything appended so far, and anchors that it is there for good.
  Result<void> build_indexes();

  const std::string& origin() const;

  ~Log();

 private:
  struct State;
  explicit Log(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class Log::Ticket {
 public:
  Result<std::vector<LeafIndex>> wait() const;

 private:
  friend class Log;
  struct Waiting;
  std::shared_ptr<Waiting> waiting_;
};

}  // namespace refledger::log
