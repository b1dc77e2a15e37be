#include "ledger/log/view.h"

#include "ledger/core/hash.h"
#include "ledger/log/layout.h"
#include "ledger/merkle/proof.h"

namespace refledger::log {
namespace {

static_assert(format::kTileWidth == merkle::kTileWidth);

Error beyond(const char* what) {
  return {Fault::out_of_range, std::string(what) + ": beyond the checkpoint's size"};
}

Error missing(const std::string& what) { return {Fault::storage, what + " is not stored"}; }

// How many hashes level `level` of a tree of that size has, in complete subtrees.
std::uint64_t hashes_at(unsigned level, TreeSize size) {
  const unsigned shift = level * merkle::kTileHeight;
  return shift < 64 ? size.leaves >> shift : 0;
}

Result<void> check_within(const format::TilePath& path, TreeSize size) {
  const std::uint64_t there = hashes_at(path.level, size);
  const std::uint64_t full = there / format::kTileWidth;
  const bool inside =
      path.index < full || (path.index == full && path.width <= there % format::kTileWidth);
  if (path.width < 1 || path.width > format::kTileWidth || !inside) return beyond("tile");
  return {};
}

// The stored tile may be wider than the pinned size says: what it begins with never changes.
class StoredTiles final : public merkle::Tiles {
 public:
  explicit StoredTiles(const store::Reader& store) : store_(&store) {}
  Result<std::vector<TreeHash>> tile(unsigned level, std::uint64_t index,
                                     std::size_t width) const override {
    const std::string what = "tile " + std::to_string(index) + " of level " + std::to_string(level);
    const auto value = store_->get(layout::kTile, layout::tile_key(level, index));
    if (!value) return value.error();
    if (!*value) return missing(what);
    Result<std::vector<TreeHash>> hashes = layout::parse_tile(**value);
    if (hashes && hashes->size() < width) return Error{Fault::storage, what + " is too short"};
    return hashes;
  }

 private:
  const store::Reader* store_;
};

Result<std::vector<std::string>> read_entries(const store::Reader& store, std::uint64_t from,
                                              std::uint64_t to) {
  std::vector<std::string> entries;
  const Result<void> scanned =
      store.scan(layout::kEntry, store::number_key(from), store::number_key(to),
                 [&](std::string_view, ByteView value) {
                   entries.emplace_back(text_of(value));
                   return true;
                 });
  if (!scanned) return scanned.error();
  if (entries.size() != to - from) return missing("one of the bundle's entries");
  return entries;
}

// The positions at the end of the keys in [from, to).
Result<std::vector<LeafIndex>> read_positions(const store::Reader& store, std::string_view space,
                                              const std::string& from, const std::string& to) {
  std::vector<LeafIndex> positions;
  Result<void> parsed;
  const Result<void> scanned = store.scan(space, from, to, [&](std::string_view key, ByteView) {
    const Result<LeafIndex> at = layout::position_of_key(key);
    if (at) positions.push_back(*at);
    if (!at) parsed = at.error();
    return at.has_value();
  });
  if (!scanned) return scanned.error();
  if (!parsed) return parsed.error();
  return positions;
}

}  // namespace

View::View(const store::Reader& store, format::Checkpoint checkpoint, std::string note)
    : store_(&store), checkpoint_(std::move(checkpoint)), note_(std::move(note)) {}

Result<View> View::open(const store::Reader& store) {
  const auto stored = store.get(layout::kMeta, layout::kCheckpointKey);
  if (!stored) return stored.error();
  if (!*stored) return Error{Fault::not_found, "log: empty, it has no checkpoint yet"};
  std::string text(text_of(**stored));
  const Result<format::Note> note = format::parse_note(text);
  if (!note) return Error{Fault::storage, "stored checkpoint: " + note.error().detail};
  Result<format::Checkpoint> checkpoint = format::parse_checkpoint(note->text);
  if (!checkpoint) return Error{Fault::storage, "stored checkpoint: " + checkpoint.error().detail};
  return View(store, *std::move(checkpoint), std::move(text));
}

Result<View> View::pinned_to(const std::string& note) const {
  const Result<format::Note> parsed = format::parse_note(note);
  if (!parsed) return parsed.error();
  const Result<format::Checkpoint> checkpoint = format::parse_checkpoint(parsed->text);
  if (!checkpoint) return checkpoint.error();
  if (checkpoint->size > checkpoint_.size || checkpoint->origin != checkpoint_.origin) {
    return Error{Fault::out_of_range, "view: beyond the log"};
  }
  View pinned = *this;
  pinned.checkpoint_ = *checkpoint;
  pinned.note_ = note;
  return pinned;
}

Result<Bytes> View::tile(const format::TilePath& path) const {
  if (path.entries && path.level != 0) return beyond("bundle");
  if (Result<void> within = check_within(path, checkpoint_.size); !within) return within.error();
  if (path.entries) {
    const std::uint64_t from = path.index * format::kTileWidth;
    const Result<std::vector<std::string>> entries = read_entries(*store_, from, from + path.width);
    if (!entries) return entries.error();
    return format::format_bundle(*entries);
  }
  const Result<std::vector<TreeHash>> hashes =
      StoredTiles(*store_).tile(path.level, path.index, path.width);
  if (!hashes) return hashes.error();
  return layout::tile_value(std::span(*hashes).first(path.width));
}

Result<std::string> View::entry(LeafIndex at) const {
  if (at.position >= checkpoint_.size.leaves) return beyond("entry");
  const auto stored = store_->get(layout::kEntry, store::number_key(at.position));
  if (!stored) return stored.error();
  if (!*stored) return missing("entry " + std::to_string(at.position));
  return std::string(text_of(**stored));
}

Result<format::Receipt> View::receipt(LeafIndex at) const {
  const StoredTiles tiles(*store_);
  Result<merkle::Proof> path =
      merkle::prove_inclusion(merkle::TileNodes(tiles), at, checkpoint_.size);
  if (!path) return path.error();
  return format::Receipt{at, *std::move(path), note_};
}

Result<TreeHash> View::root(TreeSize size) const {
  if (size > checkpoint_.size) return Error{Fault::out_of_range, "root: beyond the log"};
  const StoredTiles tiles(*store_);
  return merkle::root(merkle::TileNodes(tiles), size);
}

Result<std::vector<TreeHash>> View::consistency(TreeSize from) const {
  const StoredTiles tiles(*store_);
  return merkle::prove_consistency(merkle::TileNodes(tiles), from, checkpoint_.size);
}

Result<format::LoggedEntry> View::logged(LeafIndex at) const {
  Result<std::string> jws = entry(at);
  if (!jws) return jws.error();
  const Result<format::Receipt> proof = receipt(at);
  if (!proof) return proof.error();
  return format::LoggedEntry{*std::move(jws), format::format_receipt(*proof)};
}

Result<View::Reference> View::find(const ReferenceHash& ref) const {
  std::optional<LeafIndex> issued;
  std::optional<LeafIndex> withdrawn;
  Result<void> parsed;
  const Result<void> scanned = store_->scan(
      layout::kByRef, layout::ref_key(ref, 0), layout::ref_key(ref, checkpoint_.size.leaves),
      [&](std::string_view key, ByteView value) {
        const Result<LeafIndex> at = layout::position_of_key(key);
        if (!at) {
          parsed = at.error();
        } else if (text_of(value) == layout::kIssuedMark) {
          issued = *at;
        } else if (text_of(value) == layout::kWithdrawnMark) {
          withdrawn = *at;
        } else {
          parsed = Error{Fault::storage, "stored mark of a reference is damaged"};
        }
        return parsed.has_value();
      });
  if (!scanned) return scanned.error();
  if (!parsed) return parsed.error();
  if (!issued) return Error{Fault::not_found, "reference: not in the log"};
  return Reference{*issued, withdrawn};
}

Result<LeafIndex> View::find_leaf(const TreeHash& leaf) const {
  const Error unknown{Fault::not_found, "entry: not in the log"};
  const auto stored = store_->get(layout::kByHash, text_of(leaf.view()));
  if (!stored) return stored.error();
  if (!*stored) return unknown;
  const Result<LeafIndex> at = layout::parse_position(**stored);
  if (!at) return at.error();
  if (at->position >= checkpoint_.size.leaves) return unknown;
  const Result<std::string> jws = entry(*at);
  if (!jws) return jws.error();
  if (hash_leaf(bytes_of(*jws)) != leaf) {
    return Error{Fault::storage, "stored position of a leaf is damaged"};
  }
  return *at;
}

Result<std::vector<LeafIndex>> View::find_document(const DocumentHash& doc) const {
  return read_positions(*store_, layout::kByDoc, layout::doc_key(doc, 0),
                        layout::doc_key(doc, checkpoint_.size.leaves));
}

Result<std::vector<LeafIndex>> View::key_entries(std::string_view iss, TreeSize before) const {
  const TreeSize end = std::min(before, checkpoint_.size);
  return read_positions(*store_, layout::kByIss, layout::issuer_key(iss, 0),
                        layout::issuer_key(iss, end.leaves));
}

Result<std::string> View::issuer_of(std::string_view kid) const {
  const Error unknown{Fault::not_found, "key: not in the log"};
  const auto stored = store_->get(layout::kByIss, layout::kid_key(kid));
  if (!stored) return stored.error();
  if (!*stored) return unknown;
  const Result<LeafIndex> at = layout::parse_position(**stored);
  if (!at) return at.error();
  if (at->position >= checkpoint_.size.leaves) return unknown;
  const Result<std::string> jws = entry(*at);
  if (!jws) return jws.error();
  const Result<format::Entry> parsed = format::parse_entry(*jws);
  if (!parsed) return Error{Fault::storage, "stored entry: " + parsed.error().detail};
  const auto* const added = std::get_if<format::KeyAdded>(&parsed->act);
  if (added == nullptr) return Error{Fault::storage, "stored position of a key is damaged"};
  return added->iss;
}

Result<std::string> View::status_token(std::uint64_t list) const {
  const auto stored = store_->get(layout::kStatus, store::number_key(list));
  if (!stored) return stored.error();
  if (!*stored) return Error{Fault::not_found, "status list: no token stored"};
  return layout::parse_status(**stored);
}

}  // namespace refledger::log
