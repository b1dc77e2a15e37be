#include "ledger/merkle/edge.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <optional>
#include <span>

#include "ledger/core/hash.h"

namespace refledger::merkle {

TreeHash hash_complete(std::span<const TreeHash> parts) {
  std::vector<TreeHash> row(parts.begin(), parts.end());
  while (row.size() > 1) {
    for (std::size_t at = 0; at < row.size() / 2; ++at) {
      row[at] = hash_children(row[2 * at], row[2 * at + 1]);
    }
    row.resize(row.size() / 2);
  }
  return row.front();
}

void Edge::append(const TreeHash& leaf) {
  add(0, leaf);
  ++size_.leaves;
}

void Edge::append_tile(const TreeHash& tile_root) {
  if (size_.leaves % kTileWidth != 0) std::abort();
  if (levels_.empty()) levels_.push_back({{0, 0, {}}, false});
  ++levels_.front().open.index;
  add(1, tile_root);
  size_.leaves += kTileWidth;
}

void Edge::add(unsigned level, const TreeHash& hash) {
  if (level == levels_.size()) levels_.push_back({{level, 0, {}}, false});
  Tile& open = levels_[level].open;
  open.hashes.push_back(hash);
  levels_[level].changed = true;
  if (open.hashes.size() < kTileWidth) return;
  const TreeHash above = hash_complete(open.hashes);
  const std::uint64_t next = open.index + 1;
  filled_.push_back(std::move(open));
  levels_[level] = {{level, next, {}}, false};
  add(level + 1, above);
}

// The tree's size in binary says which complete subtrees it consists of, the largest first; the
// root joins them from the right (RFC 9162 §2.1.1: the split is at the largest power of two).
TreeHash Edge::root() const {
  std::optional<TreeHash> joined;
  for (const Level& level : levels_) {
    std::span<const TreeHash> rest = level.open.hashes;
    while (!rest.empty()) {
      const std::size_t width = std::size_t{1} << std::countr_zero(rest.size());
      const TreeHash peak = hash_complete(rest.last(width));
      joined = joined ? hash_children(peak, *joined) : peak;
      rest = rest.first(rest.size() - width);
    }
  }
  return joined ? *joined : hash_empty();
}

std::vector<Tile> Edge::take_filled() {
  std::vector<Tile> filled = std::move(filled_);
  filled_.clear();
  std::stable_sort(filled.begin(), filled.end(),
                   [](const Tile& a, const Tile& b) { return a.level < b.level; });
  return filled;
}

std::vector<Tile> Edge::take_changed() {
  std::vector<Tile> changed = take_filled();
  for (Level& level : levels_) {
    if (level.changed) changed.push_back(level.open);
    level.changed = false;
  }
  return changed;
}

}  // namespace refledger::merkle
