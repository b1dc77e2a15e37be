#include "ledger/log/view_cache.h"

#include <mutex>

#include "ledger/format/entry.h"
#include "ledger/log/layout.h"

namespace refledger::log {

Result<void> ViewCache::take_in(const store::Reader& store, TreeSize indexed, TreeSize size) {
  {
    const std::shared_lock reading(mutex_);
    if (indexed >= size || (from_ >= indexed && to_ >= size)) return {};
  }
  const std::unique_lock alone(mutex_);
  forget_below(indexed);
  if (to_ >= size) return {};
  Result<void> added;
  const Result<void> scanned =
      store.scan(layout::kEntry, store::number_key(to_.leaves), store::number_key(size.leaves),
                 [&](std::string_view key, ByteView jws) {
                   added = add(key, jws);
                   return added.has_value();
                 });
  if (!scanned) return scanned;
  if (!added) return added;
  if (to_ < size)
    return Error{Fault::storage, "entry " + std::to_string(to_.leaves) + " is not stored"};
  return {};
}

void ViewCache::forget_below(TreeSize indexed) {
  while (from_ < indexed && !by_entry_.empty()) {
    for (const auto row : by_entry_.front()) rows_.erase(row);
    by_entry_.pop_front();
    ++from_.leaves;
  }
  if (by_entry_.empty()) from_ = to_ = std::max(to_, indexed);
}

Result<void> ViewCache::add(std::string_view key, ByteView jws) {
  if (key != store::number_key(to_.leaves)) {
    return Error{Fault::storage, "entry " + std::to_string(to_.leaves) + " is not stored"};
  }
  const Result<format::Entry> entry = format::parse_entry(text_of(jws));
  if (!entry) return Error{Fault::storage, "stored entry: " + entry.error().detail};
  std::vector<std::map<RowKey, Bytes>::iterator> mine;
  for (layout::Row& row : layout::index_rows(*entry, {to_.leaves})) {
    const auto [at, fresh] =
        rows_.try_emplace({std::string(row.space), std::move(row.key)}, std::move(row.value));
    if (fresh) mine.push_back(at);
  }
  by_entry_.push_back(std::move(mine));
  ++to_.leaves;
  return {};
}

ViewCache::Rows ViewCache::rows(std::string_view space, std::string_view prefix) const {
  const std::shared_lock reading(mutex_);
  Rows found;
  for (auto at = rows_.lower_bound({std::string(space), std::string(prefix)});
       at != rows_.end() && at->first.space == space && at->first.key.starts_with(prefix); ++at) {
    found.emplace_back(at->first.key, at->second);
  }
  return found;
}

std::size_t ViewCache::place_of(unsigned level, std::uint64_t index) {
  if (level == 0) return index % kLowestTiles;
  return kLowestTiles + (index + level - 1) % kUpperTiles;  // level: the last ones of each differ
}

ViewCache::Tile ViewCache::find_tile(unsigned level, std::uint64_t index) const {
  const std::shared_lock reading(mutex_);
  const Place& place = tiles_[place_of(level, index)];
  return place.level == level && place.index == index ? place.tile : nullptr;
}

void ViewCache::keep_tile(unsigned level, std::uint64_t index, Tile tile) {
  const std::unique_lock alone(mutex_);
  tiles_[place_of(level, index)] = {level, index, std::move(tile)};
}

ViewCache::PeaksOf ViewCache::find_peaks(TreeSize size, const TreeHash& root) const {
  const std::shared_lock reading(mutex_);
  return peaks_ && peaks_->size() == size && peaks_->root() == root ? peaks_ : nullptr;
}

void ViewCache::keep_peaks(PeaksOf peaks) {
  const std::unique_lock alone(mutex_);
  peaks_ = std::move(peaks);
}

}  // namespace refledger::log
