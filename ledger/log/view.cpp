#include "ledger/log/view.h"

#include <algorithm>

#include "ledger/core/hash.h"
#include "ledger/log/closing.h"
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

// Hashes of complete subtrees from the stored tiles, each read once for all views as long as it is
// kept.  The stored tile may be wider than the pinned size says: what it begins with never changes.
// One proof, one thread.
class StoredNodes final : public merkle::Nodes {
 public:
  StoredNodes(const store::Reader& store, ViewCache& cache) : store_(&store), cache_(&cache) {}

  Result<TreeHash> node(unsigned height, std::uint64_t index) const override {
    const unsigned level = height / merkle::kTileHeight;
    const unsigned above = height % merkle::kTileHeight;
    const std::uint64_t first = index << above;  // counts the hashes of `level`
    const std::size_t offset = first % merkle::kTileWidth;
    if (Result<void> at = go_to(level, first / merkle::kTileWidth, above, offset); !at) {
      return at.error();
    }
    return tile_->node(above, offset);
  }

 private:
  // A proof stays in a tile for as long as it can.
  Result<void> go_to(unsigned level, std::uint64_t index, unsigned above,
                     std::size_t offset) const {
    if (tile_ && level_ == level && index_ == index && tile_->holds(above, offset)) return {};
    tile_ = cache_->find_tile(level, index);
    if (!tile_ || !tile_->holds(above, offset)) {
      if (Result<void> read = this->read(level, index); !read) return read;
    }
    if (!tile_->holds(above, offset)) return damaged(level, index);
    level_ = level;
    index_ = index;
    return {};
  }

  Result<void> read(unsigned level, std::uint64_t index) const {
    Result<std::optional<Bytes>> value = store_->get(layout::kTile, layout::tile_key(level, index));
    if (!value) return value.error();
    if (!*value) return missing(name(level, index));
    Result<StoredTile> tile = StoredTile::of(**std::move(value));
    if (!tile) return damaged(level, index);
    tile_ = std::make_shared<const StoredTile>(*std::move(tile));
    cache_->keep_tile(level, index, tile_);
    return {};
  }

  static std::string name(unsigned level, std::uint64_t index) {
    return "tile " + std::to_string(index) + " of level " + std::to_string(level);
  }
  static Error damaged(unsigned level, std::uint64_t index) {
    return {Fault::storage, name(level, index) + " is damaged or too short"};
  }

  const store::Reader* store_;
  ViewCache* cache_;
  mutable unsigned level_ = 0;
  mutable std::uint64_t index_ = 0;
  mutable ViewCache::Tile tile_;
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

// The first key behind all that begin with `prefix`; our prefixes do not end in ff alone.
std::string end_of(std::string prefix) {
  while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
  if (!prefix.empty()) ++prefix.back();
  return prefix;
}

}  // namespace

View::View(const store::Reader& store, std::shared_ptr<ViewCache> cache, TreeSize indexed,
           format::Checkpoint checkpoint, std::string note)
    : store_(&store),
      cache_(std::move(cache)),
      indexed_(indexed),
      checkpoint_(std::move(checkpoint)),
      note_(std::move(note)) {}

// The watermark first: one that moves on in between leaves rows that are found twice, never none.
Result<View> View::open(const store::Reader& store, std::shared_ptr<ViewCache> cache) {
  const Result<TreeSize> indexed = layout::read_indexed(store);
  if (!indexed) return indexed.error();
  const auto stored = store.get(layout::kMeta, layout::kCheckpointKey);
  if (!stored) return stored.error();
  if (!*stored) return Error{Fault::not_found, "log: empty, it has no checkpoint yet"};
  std::string text(text_of(**stored));
  const Result<format::Note> note = format::parse_note(text);
  if (!note) return Error{Fault::storage, "stored checkpoint: " + note.error().detail};
  Result<format::Checkpoint> checkpoint = format::parse_checkpoint(note->text);
  if (!checkpoint) return Error{Fault::storage, "stored checkpoint: " + checkpoint.error().detail};
  return View(store, std::move(cache), *indexed, *std::move(checkpoint), std::move(text));
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
  const std::string name =
      "tile " + std::to_string(path.index) + " of level " + std::to_string(path.level);
  const auto value = store_->get(layout::kTile, layout::tile_key(path.level, path.index));
  if (!value) return value.error();
  if (!*value) return missing(name);
  const Result<std::vector<TreeHash>> hashes = layout::parse_tile(**value);
  if (!hashes) return hashes.error();
  if (hashes->size() < path.width) return Error{Fault::storage, name + " is too short"};
  return layout::bytes_of_hashes(std::span(*hashes).first(path.width));
}

Result<std::string> View::entry(LeafIndex at) const {
  if (at.position >= checkpoint_.size.leaves) return beyond("entry");
  const auto stored = store_->get(layout::kEntry, store::number_key(at.position));
  if (!stored) return stored.error();
  if (!*stored) return missing("entry " + std::to_string(at.position));
  return std::string(text_of(**stored));
}

Result<ViewCache::PeaksOf> View::peaks() const {
  if (ViewCache::PeaksOf kept = cache_->find_peaks(checkpoint_.size, checkpoint_.root)) return kept;
  Result<merkle::Peaks> made = merkle::Peaks::of(StoredNodes(*store_, *cache_), checkpoint_.size);
  if (!made) return made.error();
  if (made->root() != checkpoint_.root) {
    return Error{Fault::storage, "the stored tiles do not lead to the checkpoint's root"};
  }
  const auto peaks = std::make_shared<const merkle::Peaks>(*std::move(made));
  cache_->keep_peaks(peaks);
  return peaks;
}

Result<format::Receipt> View::receipt(LeafIndex at) const {
  const Result<ViewCache::PeaksOf> peaks = this->peaks();
  if (!peaks) return peaks.error();
  Result<merkle::Proof> path = (*peaks)->prove_inclusion(StoredNodes(*store_, *cache_), at);
  if (!path) return path.error();
  return format::Receipt{at, *std::move(path), note_};
}

Result<TreeHash> View::root(TreeSize size) const {
  if (size > checkpoint_.size) return Error{Fault::out_of_range, "root: beyond the log"};
  return merkle::root(StoredNodes(*store_, *cache_), size);
}

Result<std::vector<TreeHash>> View::consistency(TreeSize from) const {
  return merkle::prove_consistency(StoredNodes(*store_, *cache_), from, checkpoint_.size);
}

Result<format::LoggedEntry> View::logged(LeafIndex at) const {
  Result<std::string> jws = entry(at);
  if (!jws) return jws.error();
  const Result<format::Receipt> proof = receipt(at);
  if (!proof) return proof.error();
  return format::LoggedEntry{*std::move(jws), format::format_receipt(*proof)};
}

// Stored rows and those above the watermark, in the order of their keys; a row may be in both.
Result<ViewCache::Rows> View::index_rows(std::string_view space, const std::string& prefix) const {
  ViewCache::Rows rows;
  if (Result<void> read = cache_->take_in(*store_, indexed_, checkpoint_.size); !read) {
    return read.error();
  }
  // The cache before the store: rows that move from the one to the other meanwhile are in both.
  ViewCache::Rows fresh = cache_->rows(space, prefix);
  const Result<void> scanned =
      store_->scan(space, prefix, end_of(prefix), [&](std::string_view key, ByteView value) {
        rows.emplace_back(std::string(key), copy_of(value));
        return true;
      });
  if (!scanned) return scanned.error();
  rows.insert(rows.end(), std::make_move_iterator(fresh.begin()),
              std::make_move_iterator(fresh.end()));
  std::ranges::sort(rows);
  const auto repeated = std::ranges::unique(rows);
  rows.erase(repeated.begin(), repeated.end());
  return rows;
}

Result<std::vector<LeafIndex>> View::positions(std::string_view space, const std::string& prefix,
                                               TreeSize below) const {
  const Result<ViewCache::Rows> rows = index_rows(space, prefix);
  if (!rows) return rows.error();
  std::vector<LeafIndex> positions;
  for (const auto& [key, value] : *rows) {
    const Result<LeafIndex> at = layout::position_of_key(key);
    if (!at) return at.error();
    if (at->position < std::min(below, checkpoint_.size).leaves) positions.push_back(*at);
  }
  return positions;
}

Result<View::Reference> View::find(const ReferenceHash& ref) const {
  const Result<ViewCache::Rows> rows = index_rows(layout::kByRef, std::string(text_of(ref.view())));
  if (!rows) return rows.error();
  std::optional<LeafIndex> issued;
  std::optional<LeafIndex> withdrawn;
  for (const auto& [key, value] : *rows) {
    const Result<LeafIndex> at = layout::position_of_key(key);
    if (!at) return at.error();
    if (at->position >= checkpoint_.size.leaves) continue;
    const bool issues = text_of(value) == layout::kIssuedMark;
    if (!issues && text_of(value) != layout::kWithdrawnMark) {
      return Error{Fault::storage, "stored mark of a reference is damaged"};
    }
    (issues ? issued : withdrawn) = *at;
  }
  if (!issued) return Error{Fault::not_found, "reference: not in the log"};
  return Reference{*issued, withdrawn};
}

Result<LeafIndex> View::find_leaf(const TreeHash& leaf) const {
  const Result<ViewCache::Rows> rows =
      index_rows(layout::kByHash, std::string(text_of(leaf.view())));
  if (!rows) return rows.error();
  const Error unknown{Fault::not_found, "entry: not in the log"};
  if (rows->empty()) return unknown;
  const Result<LeafIndex> at = layout::parse_position(rows->front().second);
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
  return positions(layout::kByDoc, std::string(text_of(doc.view())), checkpoint_.size);
}

Result<std::vector<LeafIndex>> View::key_entries(std::string_view iss, TreeSize before) const {
  std::string prefix = layout::issuer_key(iss, 0);
  prefix.resize(prefix.size() - 8);
  return positions(layout::kByIss, prefix, before);
}

Result<std::string> View::issuer_of(std::string_view kid) const {
  const Error unknown{Fault::not_found, "key: not in the log"};
  const std::string wanted = layout::kid_key(kid);
  const Result<ViewCache::Rows> rows = index_rows(layout::kByIss, wanted);
  if (!rows) return rows.error();
  if (rows->empty() || rows->front().first != wanted) return unknown;
  const Result<LeafIndex> at = layout::parse_position(rows->front().second);
  if (!at) return at.error();
  if (at->position >= checkpoint_.size.leaves) return unknown;
  return adder_of_key(*at);
}

Result<std::string> View::adder_of_key(LeafIndex at) const {
  const Result<std::string> jws = entry(at);
  if (!jws) return jws.error();
  const Result<format::Entry> parsed = format::parse_entry(*jws);
  if (!parsed) return Error{Fault::storage, "stored entry: " + parsed.error().detail};
  const auto* const added = std::get_if<format::KeyAdded>(&parsed->act);
  if (added == nullptr) return Error{Fault::storage, "stored position of a key is damaged"};
  return added->iss;
}

Result<std::set<std::string>> View::issuers() const {
  const Result<ViewCache::Rows> rows = index_rows(layout::kByIss, layout::kid_key(""));
  if (!rows) return rows.error();
  std::set<std::string> issuers;
  for (const auto& [key, value] : *rows) {
    const Result<LeafIndex> at = layout::parse_position(value);
    if (!at) return at.error();
    if (at->position >= checkpoint_.size.leaves) continue;
    Result<std::string> iss = adder_of_key(*at);
    if (!iss) return iss.error();
    issuers.insert(*std::move(iss));
  }
  return issuers;
}

Result<std::string> View::status_token(std::uint64_t list) const {
  const auto stored = store_->get(layout::kStatus, store::number_key(list));
  if (!stored) return stored.error();
  if (!*stored) return Error{Fault::not_found, "status list: no token stored"};
  return layout::parse_status(**stored);
}

Result<std::optional<std::string>> View::closings() const { return stored_closings(*store_); }

Result<std::optional<std::string>> View::predecessor() const { return stored_predecessor(*store_); }

}  // namespace refledger::log
