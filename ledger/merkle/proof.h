// Proofs about the tree, computed from the hashes of its complete subtrees.
//
// Shape    A proof lists hashes from the leaf upwards.
// Units    Sizes and positions count leaves, from 0.
// Errors   out_of_range: beyond the tree, or consistency from size 0 (nothing to prove); and what
//          the reader of the hashes reports
// Source   RFC 9162 §2.1.3.1, §2.1.4.1
#pragma once

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/merkle/edge.h"

namespace refledger::merkle {

using Proof = std::vector<TreeHash>;

/// Where hashes come from.
class Nodes {
 public:
  virtual ~Nodes() = default;
  /// The hash of the leaves [index << height, (index + 1) << height).
  virtual Result<TreeHash> node(unsigned height, std::uint64_t index) const = 0;
};

Result<TreeHash> root(const Nodes& nodes, TreeSize size);

/// That `leaf` is among the first `size` leaves.
Result<Proof> prove_inclusion(const Nodes& nodes, LeafIndex leaf, TreeSize size);

/// The complete subtrees that a tree of one size consists of, and what joins them: with these an
/// inclusion proof needs no hashing, only looking up.
class Peaks {
 public:
  static Result<Peaks> of(const Nodes& nodes, TreeSize size);
  TreeSize size() const { return size_; }
  TreeHash root() const;
  /// The same proof as prove_inclusion's.
  Result<Proof> prove_inclusion(const Nodes& nodes, LeafIndex leaf) const;

 private:
  struct Peak {
    unsigned height;
    std::uint64_t first;  // leaf
    TreeHash hash;
    TreeHash from_here;  // of all leaves from `first` on
  };
  TreeSize size_;
  std::vector<Peak> peaks_;  // the largest first
};

/// That the first `from` leaves are still the first of `to`.
Result<Proof> prove_consistency(const Nodes& nodes, TreeSize from, TreeSize to);

/// Where tiles come from.
class Tiles {
 public:
  virtual ~Tiles() = default;
  /// At least the first `width` hashes of that tile.
  virtual Result<std::vector<TreeHash>> tile(unsigned level, std::uint64_t index,
                                             std::size_t width) const = 0;
};

/// Hashes of complete subtrees from tiles; each tile is read once.  One proof, one thread.
class TileNodes final : public Nodes {
 public:
  explicit TileNodes(const Tiles& tiles) : tiles_(&tiles) {}
  Result<TreeHash> node(unsigned height, std::uint64_t index) const override;

 private:
  Result<std::span<const TreeHash>> hashes(unsigned level, std::uint64_t index,
                                           std::size_t width) const;
  const Tiles* tiles_;
  mutable std::map<std::pair<unsigned, std::uint64_t>, std::vector<TreeHash>> read_;
};

}  // namespace refledger::merkle
