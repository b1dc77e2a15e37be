#include "ledger/merkle/edge.h"

#include <algorithm>
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

std::vector<Tile> tiles_at_edge(TreeSize size) {
  std::vector<Tile> tiles;
  unsigned level = 0;
  for (std::uint64_t there = size.leaves; there > 0; there /= kTileWidth, ++level) {
    if (there % kTileWidth == 0) continue;
    tiles.push_back({level, there / kTileWidth, std::vector<TreeHash>(there % kTileWidth)});
  }
  return tiles;
}

// As one adds to a binary number: two subtrees of the same height become one.
void Edge::Level::push(const TreeHash& hash) {
  open.hashes.push_back(hash);
  peaks.push_back(hash);
  for (std::size_t count = open.hashes.size(); count % 2 == 0; count /= 2) {
    const TreeHash right = peaks.back();
    peaks.pop_back();
    peaks.back() = hash_children(peaks.back(), right);
  }
}

Edge Edge::of(TreeSize size, std::vector<Tile> unfinished) {
  Edge edge;
  edge.size_ = size;
  for (std::uint64_t there = size.leaves; there > 0; there /= kTileWidth) {
    const auto level = static_cast<unsigned>(edge.levels_.size());
    edge.levels_.push_back({{level, there / kTileWidth, {}}, {}, false});
  }
  for (const Tile& tile : unfinished) {
    for (const TreeHash& hash : tile.hashes) edge.levels_[tile.level].push(hash);
  }
  return edge;
}

void Edge::append(const TreeHash& leaf) {
  add(0, leaf);
  ++size_.leaves;
}

void Edge::append_tile(const TreeHash& tile_root) {
  if (size_.leaves % kTileWidth != 0) std::abort();
  if (levels_.empty()) levels_.push_back({{0, 0, {}}, {}, false});
  ++levels_.front().open.index;
  add(1, tile_root);
  size_.leaves += kTileWidth;
}

void Edge::add(unsigned level, const TreeHash& hash) {
  if (level == levels_.size()) levels_.push_back({{level, 0, {}}, {}, false});
  Level& grown = levels_[level];
  grown.push(hash);
  grown.changed = true;
  if (grown.open.hashes.size() < kTileWidth) return;
  const TreeHash above = grown.peaks.front();
  const std::uint64_t next = grown.open.index + 1;
  filled_.push_back(std::move(grown.open));
  grown = {{level, next, {}}, {}, false};
  add(level + 1, above);
}

// The tree's size in binary says which complete subtrees it consists of, the largest first; the
// root joins them from the right (RFC 9162 §2.1.1: the split is at the largest power of two).
TreeHash Edge::root() const {
  std::optional<TreeHash> joined;
  for (const Level& level : levels_) {
    for (auto peak = level.peaks.rbegin(); peak != level.peaks.rend(); ++peak) {
      joined = joined ? hash_children(*peak, *joined) : *peak;
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
