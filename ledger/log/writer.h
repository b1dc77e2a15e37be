// The one hand that writes the ledger: places what was asked for, signs, anchors and stores it.
//
// Order    A commit counts once its head is anchored; the store gets the same batch right after,
//          unsynced, and is synced at the latest when the indexes are built on it.  Where the head
//          is too long to stage its entries, the store is written and synced first.
// State    A failed write ends it: `failed()` from then on, and only opening anew goes on.
// Threads  commit(), settle() and put_status_token() one at a time; index_some() beside them.
// Source   docs/ledger.md, "An append"
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/core/signer.h"
#include "ledger/core/time.h"
#include "ledger/format/closing.h"
#include "ledger/log/anchor.h"
#include "ledger/log/rules.h"
#include "ledger/merkle/edge.h"
#include "ledger/store/store.h"

namespace refledger::log {

/// What one caller wants appended, all or nothing, and what became of it.
struct Request {
  std::vector<Incoming> entries;
  std::optional<Error> fault;  ///< found before its turn came
  Result<std::vector<LeafIndex>> answer = std::vector<LeafIndex>();
};

class Writer {
 public:
  /// What the writer works with; all outlive it.
  struct Parts {
    store::Store* store;
    const Signer* log_key;
    Anchor* anchor;
    const Clock* clock;
    std::string origin;
    SignatureCheck signature_holds;
  };
  static Result<std::unique_ptr<Writer>> open(Parts parts);

  /// Answers every request; what is new in all of them goes into one commit.
  void commit(std::span<Request* const> requests);

  Result<void> put_status_token(std::uint64_t list, std::string_view token);

  /// Writes the index rows of at most `most` entries above the watermark, synced.
  Result<void> index_some(std::size_t most);

  /// Anchors that the store holds everything for good, if that is so and not anchored yet.
  Result<void> settle();

  TreeSize size() const { return {size_.load()}; }
  TreeSize indexed() const { return {indexed_.load()}; }
  bool failed() const { return failed_.load(); }
  const Rules& rules() const { return rules_; }
  keys::Issuers issuers() const;

 private:
  struct Batch {  // what is new, on its way
    merkle::Edge edge;
    store::Batch rows;
    std::vector<std::string> entries;
    std::string note;
    std::size_t staged = 0;  // bytes of its entries in the anchor
  };
  explicit Writer(Parts parts);

  // Opening.
  Result<void> load();
  Result<void> check_empty() const;
  Result<void> load_edge(const format::Checkpoint& checkpoint);
  Result<void> load_fresh(TreeSize size);
  Result<void> meet_anchor();
  Result<void> check_anchored(const Head& head, const format::Checkpoint& said);
  Result<void> replay(const Head& staged);
  Result<void> read_closing();
  Result<void> check_history(const format::Checkpoint& said) const;

  // Writing.
  Result<void> try_commit(std::span<Request* const> requests);
  Result<void> place_all(std::span<Request* const> requests, const Result<void>& able,
                         Batch& batch);
  Result<void> place(Request& request, const Result<void>& able, Batch& batch);
  Result<void> take(const Incoming& incoming, Batch& batch) const;
  Result<void> complete(Batch& batch) const;
  Result<std::string> sign(const merkle::Edge& tree) const;
  bool stage(Batch& batch, Head& head);
  Result<void> anchor(Head head);
  Result<void> keep(Batch batch, bool synced);
  Result<void> write_synced(store::Batch& batch);
  Result<void> check_alone() const;
  Result<void> check_clock() const;
  Result<void> may_add() const;
  Result<void> fail(Error error);

  Parts parts_;
  Rules rules_;
  mutable std::mutex rules_mutex_;
  std::mutex indexing_;
  std::optional<format::Closing> closing_;  // the log has ended
  merkle::Edge edge_;
  std::optional<Bytes> checkpoint_;  // the stored signed note
  UtcMillis last_signed_;
  TreeSize anchored_settled_;
  std::atomic<std::uint64_t> size_ = 0;
  std::atomic<std::uint64_t> indexed_ = 0;
  std::atomic<bool> failed_ = false;

  std::mutex settling_;  // guards what follows
  TreeSize settled_;
  std::size_t staged_bytes_ = 0;   // anchored so far
  std::size_t stored_bytes_ = 0;   // of these, what the store was given
  std::size_t settled_bytes_ = 0;  // and what it has for good
};

}  // namespace refledger::log
