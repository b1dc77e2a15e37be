#include "ledger/merkle/proof.h"

#include <bit>

#include "ledger/core/hash.h"

namespace refledger::merkle {
namespace {

// The leaves [from, to), never empty.  In what follows `from` is a multiple of the largest power
// of two that is not above the length: so it is for a whole tree, and split() keeps it so.
struct Range {
  std::uint64_t from;
  std::uint64_t to;

  std::uint64_t length() const { return to - from; }
  // At the largest power of two below the length (RFC 9162 §2.1.1).
  std::uint64_t split() const { return from + std::bit_floor(length() - 1); }
  Range left() const { return {from, split()}; }
  Range right() const { return {split(), to}; }
};

Result<TreeHash> hash(const Nodes& nodes, Range range) {
  if (std::has_single_bit(range.length())) {
    const auto height = static_cast<unsigned>(std::countr_zero(range.length()));
    return nodes.node(height, range.from >> height);
  }
  const Result<TreeHash> left = hash(nodes, range.left());
  if (!left) return left.error();
  const Result<TreeHash> right = hash(nodes, range.right());
  if (!right) return right.error();
  return hash_children(*left, *right);
}

Result<void> add(const Nodes& nodes, Range range, Proof& proof) {
  const Result<TreeHash> hashed = hash(nodes, range);
  if (!hashed) return hashed.error();
  proof.push_back(*hashed);
  return {};
}

// PATH(m, D) of §2.1.3.1.
Result<void> add_path(const Nodes& nodes, std::uint64_t leaf, Range range, Proof& proof) {
  if (range.length() == 1) return {};
  const bool is_left = leaf < range.split();
  Result<void> below = add_path(nodes, leaf, is_left ? range.left() : range.right(), proof);
  if (!below) return below;
  return add(nodes, is_left ? range.right() : range.left(), proof);
}

// SUBPROOF(m, D, b) of §2.1.4.1; `known` is b: the verifier has the hash of this range.
Result<void> add_subproof(const Nodes& nodes, std::uint64_t old_size, Range range, bool known,
                          Proof& proof) {
  if (old_size == range.to) return known ? Result<void>() : add(nodes, range, proof);
  const bool is_left = old_size <= range.split();
  Result<void> below = add_subproof(nodes, old_size, is_left ? range.left() : range.right(),
                                    known && is_left, proof);
  if (!below) return below;
  return add(nodes, is_left ? range.right() : range.left(), proof);
}

}  // namespace

Result<TreeHash> root(const Nodes& nodes, TreeSize size) {
  if (size.leaves == 0) return hash_empty();
  return hash(nodes, {0, size.leaves});
}

Result<Proof> prove_inclusion(const Nodes& nodes, LeafIndex leaf, TreeSize size) {
  if (leaf.position >= size.leaves) {
    return Error{Fault::out_of_range, "inclusion proof: position beyond the tree"};
  }
  Proof proof;
  if (Result<void> added = add_path(nodes, leaf.position, {0, size.leaves}, proof); !added) {
    return added.error();
  }
  return proof;
}

Result<Peaks> Peaks::of(const Nodes& nodes, TreeSize size) {
  Peaks made;
  made.size_ = size;
  std::uint64_t first = 0;
  for (unsigned height = 64; height-- > 0;) {
    if ((size.leaves >> height & 1) == 0) continue;
    const Result<TreeHash> hash = nodes.node(height, first >> height);
    if (!hash) return hash.error();
    made.peaks_.push_back({height, first, *hash, *hash});
    first += std::uint64_t{1} << height;
  }
  for (std::size_t at = made.peaks_.size(); at-- > 1;) {
    Peak& left = made.peaks_[at - 1];
    left.from_here = hash_children(left.hash, made.peaks_[at].from_here);
  }
  return made;
}

TreeHash Peaks::root() const { return peaks_.empty() ? hash_empty() : peaks_.front().from_here; }

Result<Proof> Peaks::prove_inclusion(const Nodes& nodes, LeafIndex leaf) const {
  if (leaf.position >= size_.leaves) {
    return Error{Fault::out_of_range, "inclusion proof: position beyond the tree"};
  }
  std::size_t in = peaks_.size() - 1;
  while (peaks_[in].first > leaf.position) --in;
  Proof proof;
  proof.reserve(peaks_[in].height + in + 1);
  for (unsigned height = 0; height < peaks_[in].height; ++height) {
    const Result<TreeHash> sibling = nodes.node(height, leaf.position >> height ^ 1);
    if (!sibling) return sibling.error();
    proof.push_back(*sibling);
  }
  if (in + 1 < peaks_.size()) proof.push_back(peaks_[in + 1].from_here);
  while (in-- > 0) proof.push_back(peaks_[in].hash);
  return proof;
}

Result<Proof> prove_consistency(const Nodes& nodes, TreeSize from, TreeSize to) {
  if (from.leaves == 0 || from > to) {
    return Error{Fault::out_of_range, "consistency proof: no such pair of sizes"};
  }
  Proof proof;
  if (Result<void> added = add_subproof(nodes, from.leaves, {0, to.leaves}, true, proof); !added) {
    return added.error();
  }
  return proof;
}

Result<TreeHash> TileNodes::node(unsigned height, std::uint64_t index) const {
  const unsigned level = height / kTileHeight;
  const unsigned above = height % kTileHeight;
  const std::uint64_t first = index << above;  // counts the hashes of `level`
  const std::size_t offset = first % kTileWidth;
  const std::size_t count = std::size_t{1} << above;
  const Result<std::span<const TreeHash>> tile = hashes(level, first / kTileWidth, offset + count);
  if (!tile) return tile.error();
  return hash_complete(tile->subspan(offset, count));
}

Result<std::span<const TreeHash>> TileNodes::hashes(unsigned level, std::uint64_t index,
                                                    std::size_t width) const {
  std::vector<TreeHash>& kept = read_[{level, index}];
  if (kept.size() < width) {
    Result<std::vector<TreeHash>> tile = tiles_->tile(level, index, width);
    if (!tile) return tile.error();
    if (tile->size() < width) return Error{Fault::storage, "tile: shorter than asked for"};
    kept = *std::move(tile);
  }
  return std::span<const TreeHash>(kept);
}

}  // namespace refledger::merkle
