#include "ledger/log/audit.h"

#include <map>

#include "ledger/core/hash.h"
#include "ledger/format/checkpoint.h"
#include "ledger/keys/note.h"
#include "ledger/log/layout.h"
#include "ledger/log/view.h"

namespace refledger::log {
namespace {

Error damaged(const std::string& what) { return {Fault::storage, "ledger: " + what}; }

std::string named(const merkle::Tile& tile) {
  return "tile " + std::to_string(tile.index) + " of level " + std::to_string(tile.level);
}

class Audit {
 public:
  Audit(const store::Reader& store, const std::string& origin, const PublicKey& log_key)
      : store_(store), key_{origin, format::kNoteEd25519, log_key}, found_(origin) {}

  Result<Audited> run() {
    using Step = Result<void> (Audit::*)();
    // Size and root before the last tiles: of a cut ledger this tells more.
    const Result<TreeSize> indexed = layout::read_indexed(store_);
    if (!indexed) return indexed.error();
    indexed_ = *indexed;
    for (const Step step :
         {&Audit::check_entries, &Audit::check_checkpoint, &Audit::check_unfinished_tiles,
          &Audit::check_counts, &Audit::check_status}) {
      if (Result<void> checked = (this->*step)(); !checked) return checked.error();
    }
    return std::move(found_);
  }

 private:
  Result<void> check_entries() {
    Result<void> checked;
    const Result<void> scanned =
        store_.scan(layout::kEntry, "", "", [&](std::string_view key, ByteView value) {
          checked = check_entry(key, text_of(value));
          return checked.has_value();
        });
    return scanned ? checked : scanned;
  }

  Result<void> check_entry(std::string_view key, std::string_view jws) {
    const LeafIndex at{found_.edge.size().leaves};
    const std::string name = "entry " + std::to_string(at.position);
    if (key != store::number_key(at.position)) return damaged(name + " is missing");
    const Result<format::Entry> entry = format::parse_entry(jws);
    if (!entry) return damaged(name + ": " + entry.error().detail);
    if (Result<void> applied = found_.state.apply(*entry, at); !applied) {
      return damaged(name + ": " + applied.error().detail);
    }
    ++rows_[layout::kEntry];
    if (at.position < indexed_.leaves) {
      if (Result<void> indexed = check_rows(*entry, at, name); !indexed) return indexed;
    }
    found_.edge.append(hash_leaf(bytes_of(jws)));
    return check_tiles(found_.edge.take_filled());
  }

  Result<void> check_rows(const format::Entry& entry, LeafIndex at, const std::string& name) {
    for (const layout::Row& row : layout::index_rows(entry, at)) {
      const auto stored = store_.get(row.space, row.key);
      if (!stored) return stored.error();
      if (!*stored) return damaged(name + ": its row in " + std::string(row.space) + " is missing");
      if (**stored != row.value) {
        return damaged(name + ": its row in " + std::string(row.space) + " is altered");
      }
      ++rows_[row.space];
    }
    return {};
  }

  Result<void> check_tiles(const std::vector<merkle::Tile>& tiles) {
    for (const merkle::Tile& tile : tiles) {
      const auto stored = store_.get(layout::kTile, layout::tile_key(tile.level, tile.index));
      if (!stored) return stored.error();
      if (!*stored) return damaged(named(tile) + " is missing");
      if (**stored != layout::tile_value(tile.hashes)) {
        return damaged(named(tile) + " is not what the entries hash to");
      }
      ++rows_[layout::kTile];
    }
    return {};
  }

  Result<void> check_unfinished_tiles() { return check_tiles(found_.edge.take_changed()); }

  Result<void> check_checkpoint() {
    const Result<View> view = View::open(store_);
    if (!view && view.error().fault == Fault::not_found) {
      if (found_.edge.size().leaves == 0) return {};
      return damaged("there are entries and no checkpoint");
    }
    if (!view) return view.error();
    rows_[layout::kMeta] = indexed_.leaves > 0 ? 2 : 1;
    found_.checkpoint = view->signed_checkpoint();
    if (Result<void> trusted = check_signature(*view); !trusted) return trusted;
    return check_signed(view->checkpoint());
  }

  Result<void> check_signature(const View& view) const {
    if (view.checkpoint().origin != key_.name) return damaged("the checkpoint is another log's");
    const Result<format::Note> note = format::parse_note(view.signed_checkpoint());
    if (!note) return damaged(note.error().detail);
    switch (keys::check_note(*note, key_)) {
      case keys::NoteTrust::signed_by_key:
        return {};
      case keys::NoteTrust::unknown_signers:
        return damaged("the checkpoint is not signed by this log's key");
      case keys::NoteTrust::bad_signature:
        return damaged("the checkpoint's signature does not hold");
    }
    std::abort();
  }

  Result<void> check_signed(const format::Checkpoint& checkpoint) const {
    const TreeSize size = found_.edge.size();
    if (checkpoint.size != size) {
      return damaged("the checkpoint is of " + std::to_string(checkpoint.size.leaves) +
                     " entries, stored are " + std::to_string(size.leaves));
    }
    if (indexed_ > size) return damaged("the watermark is beyond the checkpoint's size");
    if (checkpoint.root != found_.edge.root()) {
      return damaged("the entries' root is not the one that the checkpoint signs");
    }
    return {};
  }

  // Each row that must be there was found above; as many as these is no others.
  Result<void> check_counts() {
    for (const std::string_view space :
         {layout::kMeta, layout::kEntry, layout::kTile, layout::kByHash, layout::kByRef,
          layout::kByDoc, layout::kByIss}) {
      std::uint64_t there = 0;
      const Result<void> scanned = store_.scan(space, "", "", [&](std::string_view, ByteView) {
        ++there;
        return true;
      });
      if (!scanned) return scanned;
      if (there != rows_[space]) return damaged("rows too many in " + std::string(space));
    }
    return {};
  }

  Result<void> check_status() {
    Result<void> checked;
    const Result<void> scanned =
        store_.scan(layout::kStatus, "", "", [&](std::string_view, ByteView value) {
          const Result<std::string> token = layout::parse_status(value);
          if (!token) checked = damaged(token.error().detail);
          return checked.has_value();
        });
    return scanned ? checked : scanned;
  }

  const store::Reader& store_;
  format::NoteKey key_;
  Audited found_;
  TreeSize indexed_;  // entries below have their index rows
  std::map<std::string_view, std::uint64_t> rows_;
};

}  // namespace

Result<Audited> audit(const store::Reader& store, const std::string& origin,
                      const PublicKey& log_key) {
  return Audit(store, origin, log_key).run();
}

}  // namespace refledger::log
