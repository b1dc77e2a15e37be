// The growing right edge of the tree: leaf hashes in, tiles and the root out.
//
// Shape    The tree of RFC 9162 §2.1.1, kept as c2sp.org/tlog-tiles: tile n of level l holds the
//          hashes of the complete subtrees of 256^l leaves from n * 256 on, 256 when full.  Level 0
//          holds leaf hashes; a level above holds hashes of full tiles only.
// Units    Sizes and positions count leaves, from 0.
// State    The unfinished tile of each level: at most 255 hashes a level, so a copy is cheap; and
// the
//          peaks of each, so that neither a leaf nor the root costs more than a few hashes.
// Threads  One at a time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ledger/core/bytes.h"

namespace refledger::merkle {

constexpr std::uint64_t kTileWidth = 256;
constexpr unsigned kTileHeight = 8;  ///< binary levels in a tile: 2^8 = 256

struct Tile {
  unsigned level = 0;
  std::uint64_t index = 0;
  std::vector<TreeHash> hashes;  ///< 1 to 256
};

class Edge {
 public:
  /// The edge of a tree of `size` leaves from its unfinished tiles, as tiles_at_edge() lists them.
  static Edge of(TreeSize size, std::vector<Tile> unfinished);

  TreeSize size() const { return size_; }

  /// Adds a leaf on the right.
  void append(const TreeHash& leaf);

  /// Adds a whole tile of 256 leaves by its root, where the size is a multiple of 256; what hashed
  /// it has the tile, so neither take gives it out.
  void append_tile(const TreeHash& tile_root);

  /// The root over all leaves; hash_empty() for none.
  TreeHash root() const;

  /// The tiles that became full since the last call of either take, lower levels first.
  std::vector<Tile> take_filled();

  /// These, and the unfinished ones that got a hash since they were last taken.
  std::vector<Tile> take_changed();

 private:
  void add(unsigned level, const TreeHash& hash);

  struct Level {
    Tile open;                    // fewer than 256 hashes
    std::vector<TreeHash> peaks;  // of the complete subtrees in it, the largest first
    bool changed = false;
    void push(const TreeHash& hash);
  };
  TreeSize size_;
  std::vector<Level> levels_;
  std::vector<Tile> filled_;  // full ones since the last take_changed()
};

/// How wide the unfinished tile of each level is in a tree of that size, without those that are
/// empty: level, index and, in place of hashes, as many blanks.
std::vector<Tile> tiles_at_edge(TreeSize size);

/// The hash of a complete subtree from the hashes of its parts.  `parts`: a power of two of them.
TreeHash hash_complete(std::span<const TreeHash> parts);

}  // namespace refledger::merkle
