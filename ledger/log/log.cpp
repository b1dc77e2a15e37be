#include "ledger/log/log.h"

#include <future>
#include <map>

#include "ledger/core/hash.h"
#include "ledger/format/checkpoint.h"
#include "ledger/keys/note.h"
#include "ledger/log/audit.h"
#include "ledger/log/layout.h"
#include "ledger/merkle/edge.h"

namespace refledger::log {
namespace {

// A step of the clock's own correction; more is a clock that was set back.
constexpr std::chrono::seconds kClockSlack{5};

Error stopped(const std::string& why) { return {Fault::storage, "log: " + why}; }
Error refused(const std::string& why) { return {Fault::refused, "log: " + why}; }

}  // namespace

struct Log::State {
  store::Store& store;
  const Signer& log_key;
  Anchor& anchor;
  const Clock& clock;
  std::string origin;
  keys::LedgerState rules;
  merkle::Edge edge;
  std::optional<Bytes> checkpoint;  // the stored signed note
  UtcMillis last_signed;
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

  State(store::Store& in, const Signer& key, Anchor& outside, const Clock& time, std::string name,
        Audited found)
      : store(in),
        log_key(key),
        anchor(outside),
        clock(time),
        origin(std::move(name)),
        rules(std::move(found.state)),
        edge(std::move(found.edge)) {
    if (found.checkpoint) checkpoint = copy_of(bytes_of(*found.checkpoint));
  }

  Result<void> check_clock() const;
  Result<std::vector<LeafIndex>> append(std::span<const std::string> entries);
  Result<void> place(const std::string& jws, Pending& pending) const;
  Result<std::optional<LeafIndex>> find(const std::string& jws, const TreeHash& leaf) const;
  Result<void> check_rules(const Pending& pending);
  void describe(const format::Entry& entry, LeafIndex at, store::Batch& batch) const;
  std::string sign_head(const merkle::Edge& tree) const;
  Result<Bytes> describe_tree(Pending& pending) const;
  Result<void> commit(Pending& pending);
  Result<void> check_alone() const;
  Result<void> write(const store::Batch& batch, const Head& head) const;

  Result<void> meet_anchor();
  Result<void> check_anchored(const Head& head, const format::Checkpoint& said);
};

// Statements about time are signed beside the log's; a clock that was set back would make them lie.
Result<void> Log::State::check_clock() const {
  const UtcMillis now = clock.now();
  if (now + kClockSlack >= last_signed) return {};
  return Error{Fault::conflict, "log: the clock went back: it says " + format_time(now) +
                                    ", and said " + format_time(last_signed) +
                                    " when the log last signed"};
}

Result<std::vector<LeafIndex>> Log::State::append(std::span<const std::string> entries) {
  Pending pending;
  pending.edge = edge;
  for (const std::string& jws : entries) {
    if (Result<void> placed = place(jws, pending); !placed) return placed.error();
  }
  if (pending.entries.empty()) return pending.positions;
  if (Result<void> right = check_clock(); !right) return right.error();
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

std::string Log::State::sign_head(const merkle::Edge& tree) const {
  return format::sign_checkpoint({origin, tree.size(), tree.root()}, log_key);
}

// Tiles and checkpoint; returns the checkpoint.
Result<Bytes> Log::State::describe_tree(Pending& pending) const {
  for (const merkle::Tile& tile : pending.edge.take_changed()) {
    pending.batch.put(layout::kTile, layout::tile_key(tile.level, tile.index),
                      layout::tile_value(tile.hashes));
  }
  const std::string text = sign_head(pending.edge);
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
  if (Result<void> alone = check_alone(); !alone) return alone;
  Result<Bytes> next = describe_tree(pending);
  if (!next) return next.error();
  pending.batch.expect(layout::kMeta, layout::kCheckpointKey, checkpoint);
  Head head{std::string(text_of(*next)), edge.size(), {}, std::max(clock.now(), last_signed)};
  std::size_t bytes = 0;
  for (const format::Entry& entry : pending.entries) bytes += entry.jws.size();
  if (bytes <= kMaxStaged) {
    for (const format::Entry& entry : pending.entries) head.entries.push_back(entry.jws);
  }
  if (Result<void> written = write(pending.batch, head); !written) return written;
  checkpoint = *std::move(next);
  edge = std::move(pending.edge);
  last_signed = head.signed_at;
  return {};
}

// Asked before the anchor is written as well: a writer that lost must not leave its head there.
Result<void> Log::State::check_alone() const {
  const Result<std::optional<Bytes>> stored = store.get(layout::kMeta, layout::kCheckpointKey);
  if (!stored) return stored.error();
  return *stored == checkpoint ? Result<void>()
                               : stopped("another writer has changed the checkpoint");
}

// Both at the same time, so that the answer waits for the disk once.  Where only the anchor was
// written, its staged entries bring the store after it; where only the store was, it is ahead.
Result<void> Log::State::write(const store::Batch& batch, const Head& head) const {
  const auto into_store = [&]() -> Result<void> {
    const Result<void> written = store.write(batch);
    if (!written && written.error().fault == Fault::conflict) {
      return stopped("another writer has changed the checkpoint");
    }
    return written;
  };
  if (head.entries.empty()) {
    if (Result<void> written = into_store(); !written) return written;
    return anchor.write(head);
  }
  std::future<Result<void>> anchored =
      std::async(std::launch::async, [&] { return anchor.write(head); });
  const Result<void> written = into_store();
  const Result<void> kept = anchored.get();
  if (!written) return written;
  return kept ? kept : stopped(kept.error().detail);
}

// ---- opening ------------------------------------------------------------------------------------

// A store may be ahead of its anchor: a crash came between the two.
Result<void> Log::State::meet_anchor() {
  const Result<std::optional<Head>> head = anchor.read();
  if (!head) return head.error();
  if (!*head && checkpoint) {
    return refused(
        "the head anchor is missing, so nobody can tell whether this is the newest state");
  }
  if (!*head) {
    return anchor.write({sign_head(edge), {}, {}, clock.now()});
  }
  const Result<format::Note> note = format::parse_note((*head)->checkpoint);
  const format::NoteKey key{origin, format::kNoteEd25519, log_key.public_key()};
  if (!note || keys::check_note(*note, key) != keys::NoteTrust::signed_by_key) {
    return refused("the head anchor is not signed by this log's key");
  }
  const Result<format::Checkpoint> said = format::parse_checkpoint(note->text);
  if (!said) return said.error();
  last_signed = (*head)->signed_at;
  return check_anchored(**head, *said);
}

Result<void> Log::State::check_anchored(const Head& head, const format::Checkpoint& said) {
  const std::uint64_t here = edge.size().leaves;
  const bool staged = here == head.before.leaves && !head.entries.empty();
  if (here < said.size.leaves && staged) {
    if (const auto replayed = append(head.entries); !replayed) return replayed.error();
    if (text_of(*checkpoint) != head.checkpoint) {
      return refused("the head anchor's entries lead to another history than its checkpoint");
    }
    return {};
  }
  if (here < said.size.leaves) {
    return refused("the ledger is older than its head anchor: it has " + std::to_string(here) +
                   " entries and had " + std::to_string(said.size.leaves) +
                   ". An old copy was restored, or files were lost");
  }
  if (said.size.leaves == 0) return {};
  const Result<View> stored = View::open(store);
  if (!stored) return stored.error();
  const Result<TreeHash> then = stored->root(said.size);
  if (!then) return then.error();
  if (*then != said.root) {
    return refused("the ledger tells another history than its head anchor, from entry " +
                   std::to_string(said.size.leaves) + " or before");
  }
  return {};
}

Log::Log(std::unique_ptr<State> state) : state_(std::move(state)) {}
Log::~Log() = default;

Result<std::unique_ptr<Log>> Log::open(store::Store& store, std::string origin,
                                       const Signer& log_key, Anchor& anchor, const Clock& clock) {
  if (!format::is_key_name(origin)) return Error{Fault::malformed, "log: origin"};
  Result<Audited> found = audit(store, origin, log_key.public_key());
  if (!found) return found.error();
  auto state =
      std::make_unique<State>(store, log_key, anchor, clock, std::move(origin), *std::move(found));
  if (Result<void> met = state->meet_anchor(); !met) return met.error();
  return std::unique_ptr<Log>(new Log(std::move(state)));
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
