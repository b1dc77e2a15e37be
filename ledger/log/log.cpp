#include "ledger/log/log.h"

#include <map>

#include "ledger/core/hash.h"
#include "ledger/format/checkpoint.h"
#include "ledger/keys/note.h"
#include "ledger/log/audit.h"
#include "ledger/log/layout.h"
#include "ledger/merkle/edge.h"

namespace refledger::log {
namespace {

Error stopped(const std::string& why) { return {Fault::storage, "log: " + why}; }

}  // namespace

struct Log::State {
  store::Store& store;
  const Signer& log_key;
  std::string origin;
  keys::LedgerState rules;
  merkle::Edge edge;
  std::optional<Bytes> checkpoint;  // the stored signed note
  mutable std::mutex one_at_a_time;
  bool failed = false;

  /// A batch on its way: what is new in it, where each of its entries stands, and what to write.
  struct Pending {
    std::vector<LeafIndex> positions;
    std::map<TreeHash, LeafIndex> added;
    std::vector<format::Entry> entries;
    merkle::Edge edge;
    store::Batch batch;
  };

  State(store::Store& in, const Signer& key, std::string name, Audited found)
      : store(in),
        log_key(key),
        origin(std::move(name)),
        rules(std::move(found.state)),
        edge(std::move(found.edge)) {
    if (found.checkpoint) checkpoint = copy_of(bytes_of(*found.checkpoint));
  }

  Result<std::vector<LeafIndex>> append(std::span<const std::string> entries);
  Result<void> place(const std::string& jws, Pending& pending) const;
  Result<std::optional<LeafIndex>> find(const std::string& jws, const TreeHash& leaf) const;
  Result<void> check_rules(const Pending& pending);
  void describe(const format::Entry& entry, LeafIndex at, store::Batch& batch) const;
  Result<Bytes> describe_tree(Pending& pending) const;
  Result<void> commit(Pending& pending);
};

Result<std::vector<LeafIndex>> Log::State::append(std::span<const std::string> entries) {
  Pending pending;
  pending.edge = edge;
  for (const std::string& jws : entries) {
    if (Result<void> placed = place(jws, pending); !placed) return placed.error();
  }
  if (pending.entries.empty()) return pending.positions;
  if (Result<void> allowed = check_rules(pending); !allowed) return allowed.error();
  if (Result<void> written = commit(pending); !written) return written.error();
  return pending.positions;
}

// Gives the entry its position: the one it has already, or the next.
Result<void> Log::State::place(const std::string& jws, Pending& pending) const {
  const TreeHash leaf = hash_leaf(bytes_of(jws));
  const Result<std::optional<LeafIndex>> stored = find(jws, leaf);
  if (!stored) return stored.error();
  const auto known = pending.added.find(leaf);
  if (*stored || known != pending.added.end()) {
    pending.positions.push_back(*stored ? **stored : known->second);
    return {};
  }
  Result<format::Entry> entry = format::parse_entry(jws);
  if (!entry) return entry.error();
  const LeafIndex at{pending.edge.size().leaves};
  pending.edge.append(leaf);
  pending.added.emplace(leaf, at);
  pending.positions.push_back(at);
  describe(*entry, at, pending.batch);
  pending.entries.push_back(*std::move(entry));
  return {};
}

// The index may say so only if the stored bytes are the same.
Result<std::optional<LeafIndex>> Log::State::find(const std::string& jws,
                                                  const TreeHash& leaf) const {
  const auto row = store.get(layout::kByHash, text_of(leaf.view()));
  if (!row) return row.error();
  if (!*row) return std::optional<LeafIndex>();
  const Result<LeafIndex> at = layout::parse_position(**row);
  if (!at) return at.error();
  const auto entry = store.get(layout::kEntry, store::number_key(at->position));
  if (!entry) return entry.error();
  if (!*entry || text_of(**entry) != jws) {
    return stopped("entry " + std::to_string(at->position) + " is not the one indexed");
  }
  return std::optional<LeafIndex>(*at);
}

// Leaves the rules' state with the whole batch applied, or as it was.
Result<void> Log::State::check_rules(const Pending& pending) {
  LeafIndex at{edge.size().leaves};
  if (pending.entries.size() == 1) return rules.apply(pending.entries.front(), at);
  keys::LedgerState next = rules;  // one entry alone needs no copy: it changes all or nothing
  for (const format::Entry& entry : pending.entries) {
    if (Result<void> applied = next.apply(entry, at); !applied) return applied;
    ++at.position;
  }
  rules = std::move(next);
  return {};
}

void Log::State::describe(const format::Entry& entry, LeafIndex at, store::Batch& batch) const {
  batch.put(layout::kEntry, store::number_key(at.position), bytes_of(entry.jws));
  for (const layout::Row& row : layout::index_rows(entry, at)) {
    batch.put(row.space, row.key, row.value);
  }
}

// Tiles and checkpoint; returns the checkpoint.
Result<Bytes> Log::State::describe_tree(Pending& pending) const {
  for (const merkle::Tile& tile : pending.edge.take_changed()) {
    pending.batch.put(layout::kTile, layout::tile_key(tile.level, tile.index),
                      layout::tile_value(tile.hashes));
  }
  const format::Checkpoint next{origin, pending.edge.size(), pending.edge.root()};
  const std::string text = format::sign_checkpoint(next, log_key);
  // A signature that went wrong would make a log that refuses to open.
  const Result<format::Note> note = format::parse_note(text);
  const format::NoteKey key{origin, format::kNoteEd25519, log_key.public_key()};
  if (!note || keys::check_note(*note, key) != keys::NoteTrust::signed_by_key) {
    return stopped("the log's key signs wrongly");
  }
  pending.batch.put(layout::kMeta, layout::kCheckpointKey, bytes_of(text));
  return copy_of(bytes_of(text));
}

// Crash before the write: the old checkpoint and what it covers.  After: the new one.  The
// expectation keeps a second writer, who holds another checkpoint, from forking the log.
Result<void> Log::State::commit(Pending& pending) {
  Result<Bytes> next = describe_tree(pending);
  if (!next) return next.error();
  pending.batch.expect(layout::kMeta, layout::kCheckpointKey, checkpoint);
  const Result<void> written = store.write(pending.batch);
  if (!written && written.error().fault == Fault::conflict) {
    return stopped("another writer has changed the checkpoint");
  }
  if (!written) return written;
  checkpoint = *std::move(next);
  edge = std::move(pending.edge);
  return {};
}

Log::Log(std::unique_ptr<State> state) : state_(std::move(state)) {}
Log::~Log() = default;

Result<std::unique_ptr<Log>> Log::open(store::Store& store, std::string origin,
                                       const Signer& log_key) {
  if (!format::is_key_name(origin)) return Error{Fault::malformed, "log: origin"};
  Result<Audited> found = audit(store, origin, log_key.public_key());
  if (!found) return found.error();
  return std::unique_ptr<Log>(
      new Log(std::make_unique<State>(store, log_key, std::move(origin), *std::move(found))));
}

Result<std::vector<LeafIndex>> Log::append(std::span<const std::string> entries) {
  if (entries.size() > kMaxBatch)
    return Error{Fault::out_of_range, "log: too many entries at once"};
  const std::lock_guard lock(state_->one_at_a_time);
  if (state_->failed) return stopped("stopped after a failed write");
  Result<std::vector<LeafIndex>> positions = state_->append(entries);
  // The rules' state may be ahead of what is stored, and what is stored may not be known.
  if (!positions && positions.error().fault == Fault::storage) state_->failed = true;
  return positions;
}

Result<void> Log::put_status_token(std::uint64_t list, std::string_view token) {
  if (token.size() > kMaxStatusToken) return Error{Fault::out_of_range, "status token: too long"};
  const std::lock_guard lock(state_->one_at_a_time);
  if (state_->failed) return stopped("stopped after a failed write");
  store::Batch batch;
  batch.put(layout::kStatus, store::number_key(list), layout::status_value(token));
  Result<void> written = state_->store.write(batch);
  if (!written) state_->failed = true;
  return written;
}

Result<View> Log::view() const {
  const std::lock_guard lock(state_->one_at_a_time);
  if (state_->failed) return stopped("stopped after a failed write");
  return View::open(state_->store);
}

keys::LedgerState Log::state() const {
  const std::lock_guard lock(state_->one_at_a_time);
  return state_->rules;
}

const std::string& Log::origin() const { return state_->origin; }

}  // namespace refledger::log
