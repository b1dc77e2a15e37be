// How the writer comes to life: from the store's right edge and the head anchor.
#include "ledger/core/hash.h"
#include "ledger/format/note.h"
#include "ledger/keys/ed25519.h"
#include "ledger/keys/note.h"
#include "ledger/log/closing.h"
#include "ledger/log/layout.h"
#include "ledger/log/view.h"
#include "ledger/log/writer.h"

namespace refledger::log {
namespace {

Error damaged(const std::string& what) { return {Fault::storage, "ledger: " + what}; }
Error refused(const std::string& why) { return {Fault::refused, "log: " + why}; }

std::string number(std::uint64_t value) { return std::to_string(value); }

// A key whose signatures do not hold would sign a log that nobody can open again.
Result<void> check_key(const Signer& key) {
  static constexpr std::string_view probe = "refledger-log-key-probe-v1";
  const Signature signature = key.sign(bytes_of(probe));
  if (keys::signature_holds(key.public_key(), bytes_of(probe), signature)) return {};
  return Error{Fault::storage, "log: the key's signature does not hold by its public key"};
}

Result<std::optional<std::string>> first_key(const store::Reader& store, std::string_view space,
                                             const std::string& from) {
  std::optional<std::string> found;
  const Result<void> scanned = store.scan(space, from, "", [&](std::string_view key, ByteView) {
    found = std::string(key);
    return false;
  });
  if (!scanned) return scanned.error();
  return found;
}

}  // namespace

Result<std::unique_ptr<Writer>> Writer::open(Parts parts) {
  if (!format::is_key_name(parts.origin)) return Error{Fault::malformed, "log: origin"};
  if (Result<void> held = check_key(*parts.log_key); !held) return held.error();
  std::unique_ptr<Writer> writer(new Writer(std::move(parts)));
  if (Result<void> loaded = writer->load(); !loaded) return loaded.error();
  if (Result<void> met = writer->meet_anchor(); !met) return met.error();
  if (Result<void> read = writer->read_closing(); !read) return read.error();
  return writer;
}

// ---- the right edge -----------------------------------------------------------------------------

Result<void> Writer::load() {
  const Result<View> view = View::open(*parts_.store);
  if (!view && view.error().fault == Fault::not_found) return check_empty();
  if (!view) return view.error();
  const format::NoteKey key{parts_.origin, format::kNoteEd25519, parts_.log_key->public_key()};
  const Result<format::Note> note = format::parse_note(view->signed_checkpoint());
  if (!note) return damaged("the checkpoint: " + note.error().detail);
  if (view->checkpoint().origin != parts_.origin) {
    return damaged("the checkpoint is another log's");
  }
  if (keys::check_note(*note, key) != keys::NoteTrust::signed_by_key) {
    return damaged("the checkpoint is not signed by this log's key");
  }
  checkpoint_ = copy_of(bytes_of(view->signed_checkpoint()));
  if (Result<void> loaded = load_edge(view->checkpoint()); !loaded) return loaded;
  return load_fresh(view->checkpoint().size);
}

Result<void> Writer::check_empty() const {
  for (const std::string& space : kSpaces) {
    if (space == layout::kStatus) continue;
    const auto row = first_key(*parts_.store, space, "");
    if (!row) return row.error();
    if (*row) return damaged("there are rows in " + space + " and no checkpoint");
  }
  return {};
}

// The unfinished tiles lead to the signed root, so they are what they were; every full tile that
// they do not hold is below one that they do.
Result<void> Writer::load_edge(const format::Checkpoint& checkpoint) {
  std::vector<merkle::Tile> tiles = merkle::tiles_at_edge(checkpoint.size);
  for (merkle::Tile& tile : tiles) {
    const std::string name = "tile " + number(tile.index) + " of level " + number(tile.level);
    const auto stored = parts_.store->get(layout::kTile, layout::tile_key(tile.level, tile.index));
    if (!stored) return stored.error();
    if (!*stored) return damaged(name + " is missing");
    Result<std::vector<TreeHash>> hashes = layout::parse_tile(**stored);
    if (!hashes || hashes->size() != tile.hashes.size())
      return damaged(name + " is not as wide as it must be");
    tile.hashes = *std::move(hashes);
  }
  edge_ = merkle::Edge::of(checkpoint.size, std::move(tiles));
  if (edge_.root() != checkpoint.root) {
    return damaged("the tiles at its edge do not lead to the root that the checkpoint signs");
  }
  size_ = checkpoint.size.leaves;
  settled_ = checkpoint.size;
  const auto beyond =
      first_key(*parts_.store, layout::kEntry, store::number_key(checkpoint.size.leaves));
  if (!beyond) return beyond.error();
  if (*beyond) return damaged("there are entries beyond the checkpoint's size");
  return {};
}

// The last bundle and whatever is above the watermark: by the rules, and hashing to their tiles.
Result<void> Writer::load_fresh(TreeSize size) {
  const Result<TreeSize> indexed = layout::read_indexed(*parts_.store);
  if (!indexed) return indexed.error();
  if (*indexed > size) return damaged("the watermark is beyond the checkpoint's size");
  indexed_ = indexed->leaves;
  if (Result<void> loaded = rules_.load_keys(*indexed); !loaded) return loaded;
  const std::uint64_t last_bundle =
      (std::max<std::uint64_t>(size.leaves, 1) - 1) / merkle::kTileWidth * merkle::kTileWidth;
  std::uint64_t at = std::min(indexed->leaves, last_bundle);
  std::vector<TreeHash> tile;
  Result<void> checked;
  const auto check = [&](std::string_view key, ByteView jws) -> Result<void> {
    const std::string name = "entry " + number(at);
    if (key != store::number_key(at)) return damaged(name + " is missing");
    if (tile.empty() || at % merkle::kTileWidth == 0) {
      const auto stored =
          parts_.store->get(layout::kTile, layout::tile_key(0, at / merkle::kTileWidth));
      if (!stored) return stored.error();
      if (!*stored) return damaged("tile " + number(at / merkle::kTileWidth) + " is missing");
      Result<std::vector<TreeHash>> hashes = layout::parse_tile(**stored);
      if (!hashes) return hashes.error();
      tile = *std::move(hashes);
    }
    const TreeHash leaf = hash_leaf(jws);
    if (at % merkle::kTileWidth >= tile.size() || tile[at % merkle::kTileWidth] != leaf) {
      return damaged(name + " does not hash to its tile");
    }
    if (at++ < indexed->leaves) return {};
    Result<format::Entry> entry = format::parse_entry(text_of(jws));
    if (!entry) return damaged(name + ": " + entry.error().detail);
    const Result<Rules::Placed> placed = rules_.place({*std::move(entry), leaf, true}, {at - 1});
    if (!placed) return damaged(name + ": " + placed.error().detail);
    return placed->added ? Result<void>() : damaged(name + " is there twice");
  };
  const Result<void> scanned =
      parts_.store->scan(layout::kEntry, store::number_key(at), store::number_key(size.leaves),
                         [&](std::string_view key, ByteView jws) {
                           checked = check(key, jws);
                           return checked.has_value();
                         });
  if (!scanned) return scanned;
  if (!checked) return checked;
  rules_.begin();
  return at == size.leaves ? Result<void>() : damaged("entry " + number(at) + " is missing");
}

// ---- the head anchor ----------------------------------------------------------------------------

// A store may be ahead of its anchor: a crash came between the two.
Result<void> Writer::meet_anchor() {
  const Result<std::optional<Head>> head = parts_.anchor->read();
  if (!head) return head.error();
  if (!*head && checkpoint_) {
    return refused(
        "the head anchor is missing, so nobody can tell whether this is the newest state");
  }
  if (!*head) {
    const Result<std::string> note = sign(edge_);
    if (!note) return note.error();
    return parts_.anchor->write({*note, {}, {}, {}, parts_.clock->now()});
  }
  const Result<format::Note> note = format::parse_note((*head)->checkpoint);
  const format::NoteKey key{parts_.origin, format::kNoteEd25519, parts_.log_key->public_key()};
  if (!note || keys::check_note(*note, key) != keys::NoteTrust::signed_by_key) {
    return refused("the head anchor is not signed by this log's key");
  }
  const Result<format::Checkpoint> said = format::parse_checkpoint(note->text);
  if (!said) return said.error();
  last_signed_ = (*head)->signed_at;
  anchored_settled_ = (*head)->settled;
  return check_anchored(**head, *said);
}

Result<void> Writer::check_anchored(const Head& head, const format::Checkpoint& said) {
  const auto older = [&] {
    return refused("the ledger is older than its head anchor: it has " + number(size().leaves) +
                   " entries and had " + number(said.size.leaves) +
                   ". An old copy was restored, or files were lost");
  };
  if (size() < said.size) {
    const Result<std::vector<Head>> staged = parts_.anchor->staged();
    if (!staged) return staged.error();
    if (size() < head.settled) return older();
    for (const Head& each : *staged) {
      if (each.entries.empty() || each.before != size()) continue;
      if (Result<void> replayed = replay(each); !replayed) return replayed;
    }
    if (size() < said.size) return older();
  }
  return check_history(said);
}

// The entries that the anchor has and the store did not get are appended as any are.
Result<void> Writer::replay(const Head& staged) {
  Request request;
  for (const std::string& jws : staged.entries) {
    Result<format::Entry> entry = format::parse_entry(jws);
    if (!entry) return refused("the head anchor's entries: " + entry.error().detail);
    request.entries.push_back({*std::move(entry), hash_leaf(bytes_of(jws)), false});
  }
  Request* const one = &request;
  Batch batch;
  if (Result<void> placed = place_all({&one, 1}, Result<void>(), batch); !placed) return placed;
  if (!request.answer) return request.answer.error();
  if (Result<void> completed = complete(batch); !completed) return completed;
  if (Result<void> kept = keep(std::move(batch), true); !kept) return kept;
  if (text_of(*checkpoint_) != staged.checkpoint) {
    return refused("the head anchor's entries lead to another history than its checkpoint");
  }
  return {};
}

Result<void> Writer::check_history(const format::Checkpoint& said) const {
  if (said.size.leaves == 0) return {};
  const Result<View> stored = View::open(*parts_.store);
  if (!stored) return stored.error();
  const Result<TreeHash> then = stored->root(said.size);
  if (!then) return then.error();
  if (*then == said.root) return {};
  return refused("the ledger tells another history than its head anchor, from entry " +
                 number(said.size.leaves) + " or before");
}

// ---- the end ------------------------------------------------------------------------------------

// Last, since what the anchor still had was appended before the end.
Result<void> Writer::read_closing() {
  const Result<std::optional<std::string>> stored = stored_closings(*parts_.store);
  if (!stored) return stored.error();
  if (!*stored) return {};
  Result<std::optional<format::Closing>> closing = closing_of(**stored, parts_.origin);
  if (!closing) return damaged("closings: " + closing.error().detail);
  closing_ = *std::move(closing);
  if (!closing_ || (closing_->last.size == size() && closing_->last.root == edge_.root())) {
    return {};
  }
  return refused("it was closed at " + number(closing_->last.size.leaves) +
                 " entries and has another state now");
}

}  // namespace refledger::log
