#include "ledger/log/writer.h"

#include <algorithm>

#include "ledger/core/hash.h"
#include "ledger/log/layout.h"

namespace refledger::log {
namespace {

// A step of the clock's own correction; more is a clock that was set back.
constexpr std::chrono::seconds kClockSlack{5};

Error stopped(const std::string& why) { return {Fault::storage, "log: " + why}; }

}  // namespace

Writer::Writer(Parts parts)
    : parts_(std::move(parts)), rules_(*parts_.store, parts_.origin, parts_.signature_holds) {}

keys::Issuers Writer::issuers() const {
  const std::lock_guard lock(rules_mutex_);
  return rules_.issuers();
}

Result<void> Writer::fail(Error error) {
  failed_ = true;
  return error;
}

// Statements about time are signed beside the log's; a clock that was set back would make them lie.
Result<void> Writer::check_clock() const {
  const UtcMillis now = parts_.clock->now();
  if (now + kClockSlack >= last_signed_) return {};
  return Error{Fault::conflict, "log: the clock went back: it says " + format_time(now) +
                                    ", and said " + format_time(last_signed_) +
                                    " when the log last signed"};
}

// What is there already is answered all the same.
Result<void> Writer::may_add() const {
  if (!closing_) return check_clock();
  return Error{Fault::refused,
               "log: closed by its root key at " + std::to_string(closing_->last.size.leaves) +
                   " entries" +
                   (closing_->next ? "; it goes on as " + closing_->next->name : std::string())};
}

// ---- a commit -----------------------------------------------------------------------------------

void Writer::commit(std::span<Request* const> requests) {
  const Result<void> committed =
      failed() ? Result<void>(stopped("stopped after a failed write")) : try_commit(requests);
  if (committed) return;
  (void)fail(committed.error());
  for (Request* const request : requests) request->answer = committed.error();
}

Result<void> Writer::try_commit(std::span<Request* const> requests) {
  Batch batch;
  if (Result<void> placed = place_all(requests, may_add(), batch); !placed) return placed;
  if (batch.entries.empty()) return {};
  if (Result<void> completed = complete(batch); !completed) return completed;
  if (Result<void> alone = check_alone(); !alone) return alone;
  Head head{batch.note, edge_.size(), {}, {}, parts_.clock->now()};
  const UtcMillis signed_at = head.signed_at;
  if (stage(batch, head)) {
    if (Result<void> anchored = anchor(std::move(head)); !anchored) return anchored;
    if (Result<void> kept = keep(std::move(batch), false); !kept) return kept;
  } else {
    if (Result<void> kept = keep(std::move(batch), true); !kept) return kept;
    head.settled = edge_.size();
    if (Result<void> anchored = anchor(std::move(head)); !anchored) return anchored;
  }
  last_signed_ = signed_at;
  return {};
}

Result<void> Writer::place_all(std::span<Request* const> requests, const Result<void>& able,
                               Batch& batch) {
  batch.edge = edge_;
  const std::lock_guard lock(rules_mutex_);
  for (Request* const request : requests) {
    if (Result<void> placed = place(*request, able, batch); !placed) return placed;
  }
  return {};
}

// A request that breaks a rule is answered so and leaves no trace; only a fault of the store or of
// the memory ends the commit.
Result<void> Writer::place(Request& request, const Result<void>& able, Batch& batch) {
  if (request.fault) {
    request.answer = *request.fault;
    return {};
  }
  std::vector<LeafIndex> positions;
  std::vector<const Incoming*> fresh;
  rules_.begin();
  for (const Incoming& incoming : request.entries) {
    const LeafIndex next{batch.edge.size().leaves + fresh.size()};
    Result<Rules::Placed> placed = rules_.place(incoming, next);
    if (placed && placed->added && !able) placed = able.error();
    if (!placed) {
      rules_.undo();
      request.answer = placed.error();
      return placed.error().fault == Fault::storage ? Result<void>(placed.error()) : Result<void>();
    }
    positions.push_back(placed->at);
    if (placed->added) fresh.push_back(&incoming);
  }
  for (const Incoming* const incoming : fresh) {
    if (Result<void> taken = take(*incoming, batch); !taken) return taken;
  }
  request.answer = std::move(positions);
  return {};
}

// The bytes that go to the disk are hashed again: they are the ones whose signature was checked.
Result<void> Writer::take(const Incoming& incoming, Batch& batch) const {
  const std::string key = store::number_key(batch.edge.size().leaves);
  batch.rows.put(layout::kEntry, key, bytes_of(incoming.entry.jws));
  const TreeHash leaf = hash_leaf(batch.rows.puts.back().value);
  if (leaf != incoming.leaf) return stopped("an entry changed in memory after it was checked");
  batch.edge.append(leaf);
  batch.entries.push_back(incoming.entry.jws);
  return {};
}

// Twice, because a bit that flips while it is made would end the log.
Result<std::string> Writer::sign(const merkle::Edge& tree) const {
  const format::Checkpoint next{parts_.origin, tree.size(), tree.root()};
  std::string note = format::sign_checkpoint(next, *parts_.log_key);
  if (note != format::sign_checkpoint(next, *parts_.log_key)) {
    return stopped("the checkpoint's signature does not come out the same twice");
  }
  return note;
}

// The tiles that changed, and the checkpoint.
Result<void> Writer::complete(Batch& batch) const {
  for (const merkle::Tile& tile : batch.edge.take_changed()) {
    batch.rows.put(layout::kTile, layout::tile_key(tile.level, tile.index),
                   layout::tile_value(tile.hashes));
  }
  Result<std::string> note = sign(batch.edge);
  if (!note) return note.error();
  batch.note = *std::move(note);
  batch.rows.put(layout::kMeta, layout::kCheckpointKey, bytes_of(batch.note));
  return {};
}

// Whether the entries go into the head, as long as there is room for them.
bool Writer::stage(Batch& batch, Head& head) {
  const std::size_t bytes = staged_bytes(batch.entries);
  const std::lock_guard lock(settling_);
  head.settled = settled_;
  if (bytes > kMaxStaged || staged_bytes_ - settled_bytes_ + bytes > kMaxUnsettled) return false;
  staged_bytes_ += bytes;
  batch.staged = bytes;
  head.entries = std::move(batch.entries);
  return true;
}

Result<void> Writer::anchor(Head head) {
  const TreeSize settled = head.settled;
  if (Result<void> written = parts_.anchor->write(std::move(head)); !written) {
    return stopped(written.error().detail);
  }
  anchored_settled_ = settled;
  return {};
}

Result<void> Writer::keep(Batch batch, bool synced) {
  batch.rows.expect(layout::kMeta, layout::kCheckpointKey, checkpoint_);
  batch.rows.synced = synced;
  const Result<void> written = synced ? write_synced(batch.rows) : parts_.store->write(batch.rows);
  if (!written) return stopped(written.error().detail);
  checkpoint_ = copy_of(bytes_of(batch.note));
  edge_ = std::move(batch.edge);
  const std::lock_guard lock(settling_);
  size_ = edge_.size().leaves;
  stored_bytes_ += batch.staged;
  if (synced) {
    settled_ = edge_.size();
    settled_bytes_ = stored_bytes_;
  }
  return {};
}

// Everything that was written before is on disk for good after it.
Result<void> Writer::write_synced(store::Batch& batch) {
  TreeSize size;
  std::size_t bytes = 0;
  {
    const std::lock_guard lock(settling_);
    size = {size_.load()};
    bytes = stored_bytes_;
  }
  batch.synced = true;
  if (Result<void> written = parts_.store->write(batch); !written) return written;
  const std::lock_guard lock(settling_);
  settled_ = std::max(settled_, size);
  settled_bytes_ = std::max(settled_bytes_, bytes);
  return {};
}

// Asked before the anchor is written as well: a writer that lost must not leave its head there.
Result<void> Writer::check_alone() const {
  const Result<std::optional<Bytes>> stored =
      parts_.store->get(layout::kMeta, layout::kCheckpointKey);
  if (!stored) return stored.error();
  return *stored == checkpoint_ ? Result<void>()
                                : stopped("another writer has changed the checkpoint");
}

Result<void> Writer::put_status_token(std::uint64_t list, std::string_view token) {
  if (failed()) return stopped("stopped after a failed write");
  store::Batch batch;
  batch.put(layout::kStatus, store::number_key(list), layout::status_value(token));
  if (Result<void> written = write_synced(batch); !written) return fail(written.error());
  return {};
}

// ---- the indexes, behind the appends ------------------------------------------------------------

Result<void> Writer::index_some(std::size_t most) {
  const std::lock_guard one_at_a_time(indexing_);
  if (failed()) return stopped("stopped after a failed write");
  const TreeSize from = indexed();
  const TreeSize to{std::min(size().leaves, from.leaves + most)};
  if (from == to) return {};
  std::vector<layout::Row> rows;
  Result<void> read;
  std::uint64_t at = from.leaves;
  const Result<void> scanned = parts_.store->scan(
      layout::kEntry, store::number_key(from.leaves), store::number_key(to.leaves),
      [&](std::string_view, ByteView jws) {
        const Result<format::Entry> entry = format::parse_entry(text_of(jws));
        if (!entry) read = stopped("entry " + std::to_string(at) + ": " + entry.error().detail);
        if (!entry) return false;
        std::ranges::move(layout::index_rows(*entry, {at++}), std::back_inserter(rows));
        return true;
      });
  if (!scanned) return fail(scanned.error());
  if (!read) return fail(read.error());
  if (at != to.leaves) return fail(stopped("entry " + std::to_string(at) + " is not stored"));
  std::ranges::sort(rows, {}, [](const layout::Row& row) { return std::tie(row.space, row.key); });
  store::Batch batch;
  for (const layout::Row& row : rows) batch.put(row.space, row.key, row.value);
  const auto before =
      from.leaves == 0 ? std::nullopt : std::optional(layout::position_value({from.leaves}));
  batch.expect(layout::kMeta, layout::kIndexedKey, before);
  batch.put(layout::kMeta, layout::kIndexedKey, layout::position_value({to.leaves}));
  if (Result<void> written = write_synced(batch); !written) return fail(written.error());
  indexed_ = to.leaves;
  const std::lock_guard lock(rules_mutex_);
  rules_.forget_below(to);
  return {};
}

Result<void> Writer::settle() {
  Head head;
  {
    const std::lock_guard lock(settling_);
    if (failed() || !checkpoint_ || settled_ != edge_.size() || anchored_settled_ == settled_) {
      return {};
    }
    head = {std::string(text_of(*checkpoint_)), edge_.size(), settled_, {}, last_signed_};
  }
  if (Result<void> anchored = anchor(std::move(head)); !anchored) return fail(anchored.error());
  return {};
}

}  // namespace refledger::log
