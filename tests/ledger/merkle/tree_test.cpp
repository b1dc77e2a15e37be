// Tiles, roots and proofs are those of the RFC, at every small size and across tiles.
#include <map>

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"
#include "ledger/merkle/edge.h"
#include "ledger/merkle/proof.h"
#include "support/merkle_reference.h"
#include "support/support.h"

namespace refledger::merkle {
namespace {

using test::consistency_holds;
using test::inclusion_holds;
using test::tree_hash;

std::vector<TreeHash> leaves(std::size_t count) {
  std::vector<TreeHash> made;
  for (std::size_t n = 0; n < count; ++n) made.push_back(hash_leaf(bytes_of(std::to_string(n))));
  return made;
}

// Tiles as a store keeps them: rewritten as they grow.
class KeptTiles final : public Tiles {
 public:
  void keep(const std::vector<Tile>& changed) {
    for (const Tile& tile : changed) kept[{tile.level, tile.index}] = tile.hashes;
  }
  Result<std::vector<TreeHash>> tile(unsigned level, std::uint64_t index,
                                     std::size_t) const override {
    ++reads;
    const auto found = kept.find({level, index});
    if (found == kept.end()) return Error{Fault::storage, "no such tile"};
    return found->second;
  }
  std::map<std::pair<unsigned, std::uint64_t>, std::vector<TreeHash>> kept;
  mutable int reads = 0;
};

struct Grown {
  explicit Grown(std::span<const TreeHash> from) {
    for (const TreeHash& leaf : from) edge.append(leaf);
    tiles.keep(edge.take_changed());
  }
  Proof inclusion(std::uint64_t leaf, std::uint64_t size) const {
    return *prove_inclusion(TileNodes(tiles), {leaf}, {size});
  }
  Proof consistency(std::uint64_t from, std::uint64_t to) const {
    return *prove_consistency(TileNodes(tiles), {from}, {to});
  }
  Edge edge;
  KeptTiles tiles;
};

Json vectors() {
  return *parse_json(test::vector_file("merkle/rfc6962-8leaf.json"), 1 << 16, "vectors");
}

TreeHash hash_of(const Json& hex) {
  return *TreeHash::from(*from_hex(hex.get<std::string>(), "hash"));
}

Proof proof_of(const Json& list) {
  Proof proof;
  for (const Json& hex : list) proof.push_back(hash_of(hex));
  return proof;
}

std::vector<TreeHash> eight_leaves() {
  const Json all = vectors();
  std::vector<TreeHash> made;
  for (const Json& hex : all["leaf_inputs_hex"]) {
    made.push_back(hash_leaf(*from_hex(hex.get<std::string>(), "leaf")));
  }
  return made;
}

TEST(MerkleTree, HasTheClassicEightLeavesAndRoots) {
  const Json expected = vectors();
  EXPECT_EQ(eight_leaves(), proof_of(expected["leaf_hashes"]));
  Edge edge;
  EXPECT_EQ(edge.root(), hash_of(expected["roots"][0]));
  for (std::size_t n = 0; n < 8; ++n) {
    edge.append(eight_leaves()[n]);
    EXPECT_EQ(edge.size(), TreeSize{n + 1});
    EXPECT_EQ(edge.root(), hash_of(expected["roots"][n + 1])) << n + 1;
  }
}

TEST(MerkleTree, HasTheClassicEightLeavesProofs) {
  const Json expected = vectors();
  const Grown tree(eight_leaves());
  for (const Json& one : expected["inclusion"]) {
    EXPECT_EQ(tree.inclusion(one["index"], one["size"]), proof_of(one["proof"])) << one;
  }
  for (const Json& one : expected["consistency"]) {
    EXPECT_EQ(tree.consistency(one["from"], one["to"]), proof_of(one["proof"])) << one;
  }
  EXPECT_EQ(expected["inclusion"].size(), 36u);
  EXPECT_EQ(expected["consistency"].size(), 36u);
}

// RFC 9162 §2.1.5, in its letters: the proofs for d0, d3, d4 and d6 in a tree of seven.
TEST(MerkleTree, ProvesTheExamplesOfTheRfcInItsLetters) {
  const std::vector<TreeHash> d = leaves(7);
  const TreeHash g = hash_children(d[0], d[1]), h = hash_children(d[2], d[3]);
  const TreeHash i = hash_children(d[4], d[5]), k = hash_children(g, h);
  const TreeHash l = hash_children(i, d[6]);
  const Grown tree(d);
  EXPECT_EQ(tree.inclusion(0, 7), (Proof{d[1], h, l}));
  EXPECT_EQ(tree.inclusion(3, 7), (Proof{d[2], g, l}));
  EXPECT_EQ(tree.inclusion(4, 7), (Proof{d[5], d[6], k}));
  EXPECT_EQ(tree.inclusion(6, 7), (Proof{i, k}));
  EXPECT_EQ(tree.consistency(3, 7), (Proof{d[2], d[3], g, l}));
  EXPECT_EQ(tree.consistency(4, 7), (Proof{l}));
  EXPECT_EQ(tree.consistency(6, 7), (Proof{i, d[6], k}));
}

constexpr std::uint64_t kSmall = 300;  // a tile and the beginning of the next

TEST(MerkleTree, EveryInclusionProofUpTo300LeavesHolds) {
  const std::vector<TreeHash> d = leaves(kSmall);
  const Grown tree(d);
  const TileNodes nodes(tree.tiles);
  for (std::uint64_t size = 1; size <= kSmall; ++size) {
    const TreeHash expected = tree_hash(std::span(d).first(size));
    ASSERT_EQ(*root(nodes, {size}), expected) << size;
    for (std::uint64_t leaf = 0; leaf < size; ++leaf) {
      const Proof proof = *prove_inclusion(nodes, {leaf}, {size});
      ASSERT_TRUE(inclusion_holds(d[leaf], leaf, size, expected, proof)) << leaf << " of " << size;
    }
  }
}

TEST(MerkleTree, ThePeaksGiveEveryProofUpTo300LeavesToo) {
  const std::vector<TreeHash> d = leaves(kSmall);
  const Grown tree(d);
  const TileNodes nodes(tree.tiles);
  for (std::uint64_t size = 0; size <= kSmall; ++size) {
    const Peaks peaks = *Peaks::of(nodes, {size});
    ASSERT_EQ(peaks.root(), tree_hash(std::span(d).first(size))) << size;
    for (std::uint64_t leaf = 0; leaf < size; ++leaf) {
      ASSERT_EQ(*peaks.prove_inclusion(nodes, {leaf}), *prove_inclusion(nodes, {leaf}, {size}))
          << leaf << " of " << size;
    }
    EXPECT_EQ(peaks.prove_inclusion(nodes, {size}).error().fault, Fault::out_of_range);
  }
}

TEST(MerkleTree, TheEdgeGoesOnFromItsUnfinishedTiles) {
  const std::vector<TreeHash> d = leaves(kSmall);
  Edge whole;
  for (std::uint64_t size = 0; size <= kSmall; ++size) {
    const std::span<const TreeHash> first = std::span(d).first(size);
    const Grown tree(first);
    std::vector<Tile> unfinished = tiles_at_edge({size});
    for (Tile& tile : unfinished) {
      const std::size_t width = tile.hashes.size();
      tile.hashes = tree.tiles.kept.at({tile.level, tile.index});
      ASSERT_EQ(tile.hashes.size(), width) << size;
    }
    Edge again = Edge::of({size}, std::move(unfinished));
    ASSERT_EQ(again.root(), whole.root()) << size;
    EXPECT_TRUE(again.take_changed().empty());
    if (size == kSmall) break;
    whole.append(d[size]);
    again.append(d[size]);
    ASSERT_EQ(again.root(), whole.root()) << size;
    ASSERT_EQ(again.size(), whole.size());
  }
}

TEST(MerkleTree, EveryConsistencyProofUpTo300LeavesHolds) {
  const std::vector<TreeHash> d = leaves(kSmall);
  const Grown tree(d);
  const TileNodes nodes(tree.tiles);
  std::vector<TreeHash> roots{hash_empty()};
  for (std::uint64_t size = 1; size <= kSmall; ++size) {
    roots.push_back(tree_hash(std::span(d).first(size)));
    for (std::uint64_t from = 1; from <= size; ++from) {
      const Proof proof = *prove_consistency(nodes, {from}, {size});
      ASSERT_TRUE(consistency_holds(from, size, roots[from], roots[size], proof))
          << from << " to " << size;
    }
  }
}

TEST(MerkleTree, NoProofHoldsWithABitChangedOrAHashMoreOrLess) {
  const std::vector<TreeHash> d = leaves(21);
  const Grown tree(d);
  const TreeHash whole = tree.edge.root();
  const TreeHash part = tree_hash(std::span(d).first(13));
  const auto refused = [&](const auto& holds, const Proof& proof) {
    for (std::size_t at = 0; at < proof.size(); ++at) {
      Proof altered = proof;
      altered[at].bytes[at] ^= 1;
      EXPECT_FALSE(holds(altered));
    }
    Proof shorter = proof, longer = proof;
    shorter.pop_back();
    longer.push_back(whole);
    EXPECT_TRUE(holds(proof) && !holds(shorter) && !holds(longer));
  };
  for (std::uint64_t leaf = 0; leaf < 21; ++leaf) {
    refused([&](const Proof& p) { return inclusion_holds(d[leaf], leaf, 21, whole, p); },
            tree.inclusion(leaf, 21));
  }
  refused([&](const Proof& p) { return consistency_holds(13, 21, part, whole, p); },
          tree.consistency(13, 21));
}

TEST(MerkleTree, ProvesAcrossTilesAtTheirEdges) {
  const std::vector<TreeHash> d = leaves(65'536 + 300);
  const Grown tree(d);
  const std::array<std::uint64_t, 9> sizes{255, 256, 257, 511, 513, 65'535, 65'536, 65'537, 65'836};
  std::map<std::uint64_t, TreeHash> roots;
  for (const std::uint64_t size : sizes) roots[size] = tree_hash(std::span(d).first(size));
  for (const std::uint64_t size : sizes) {
    EXPECT_EQ(*root(TileNodes(tree.tiles), {size}), roots[size]);
    for (const std::uint64_t leaf : {0ul, 1ul, 127ul, 254ul, 255ul, 256ul, 65'535ul, size - 1}) {
      if (leaf >= size) continue;
      EXPECT_TRUE(inclusion_holds(d[leaf], leaf, size, roots[size], tree.inclusion(leaf, size)))
          << leaf << " of " << size;
    }
    for (const std::uint64_t from : sizes) {
      if (from > size) continue;
      const Proof proof = tree.consistency(from, size);
      EXPECT_TRUE(consistency_holds(from, size, roots[from], roots[size], proof))
          << from << " to " << size;
    }
  }
  EXPECT_EQ(tree.edge.root(), roots[65'836]);
}

// c2sp.org/tlog-tiles: size 256 is one full tile and one hash above it; size 70,000 is 273 full
// tiles and one of 112 at level 0, one full and one of 17 at level 1, one of 1 at level 2.
TEST(MerkleTiles, AreThoseOfTheSpecificationsExample) {
  const std::vector<TreeHash> d = leaves(70'000);
  const Grown small{std::span(d).first(256)};
  EXPECT_EQ(small.tiles.kept.size(), 2u);
  EXPECT_EQ(small.tiles.kept.at({0, 0}).size(), 256u);
  EXPECT_EQ(small.tiles.kept.at({1, 0}), (std::vector{small.edge.root()}));
  const Grown large(d);
  const auto& kept = large.tiles.kept;
  EXPECT_EQ(kept.size(), 274u + 2u + 1u);
  for (std::uint64_t index = 0; index < 273; ++index) EXPECT_EQ(kept.at({0, index}).size(), 256u);
  EXPECT_EQ(kept.at({0, 273}).size(), 112u);
  EXPECT_EQ(kept.at({1, 0}).size(), 256u);
  EXPECT_EQ(kept.at({1, 1}).size(), 17u);
  EXPECT_EQ(kept.at({2, 0}).size(), 1u);
  EXPECT_EQ(kept.at({2, 0})[0], tree_hash(std::span(d).first(65'536)));
  EXPECT_EQ(kept.at({1, 1})[16], tree_hash(std::span(d).subspan(272 * 256, 256)));
  EXPECT_EQ(kept.at({0, 273})[111], d[69'999]);
}

TEST(MerkleTiles, AreTheSameHoweverTheAppendsAreBatched) {
  const std::vector<TreeHash> d = leaves(1100);
  const Grown at_once(d);
  for (const std::size_t batch : {1u, 7u, 256u, 300u}) {
    Edge edge;
    KeptTiles tiles;
    for (std::size_t n = 0; n < d.size(); ++n) {
      edge.append(d[n]);
      if ((n + 1) % batch == 0) tiles.keep(edge.take_changed());
    }
    tiles.keep(edge.take_changed());
    EXPECT_EQ(tiles.kept, at_once.tiles.kept) << batch;
  }
}

TEST(MerkleTiles, OnlyChangedOnesAreTaken) {
  Edge edge;
  EXPECT_TRUE(edge.take_changed().empty());
  for (const TreeHash& leaf : leaves(256)) edge.append(leaf);
  EXPECT_EQ(edge.take_changed().size(), 2u);
  EXPECT_TRUE(edge.take_changed().empty());
  edge.append(hash_empty());
  const std::vector<Tile> changed = edge.take_changed();
  ASSERT_EQ(changed.size(), 1u);
  EXPECT_EQ(changed[0].index, 1u);
}

TEST(MerkleProofs, ReadNoTileTwice) {
  const Grown tree(leaves(1000));
  (void)tree.inclusion(700, 1000);
  EXPECT_LE(tree.tiles.reads, 3);  // the leaf's tile, the level above, the unfinished one
}

TEST(MerkleProofs, NameTheFaultWhenAskedBeyondTheTree) {
  const Grown tree(leaves(3));
  const TileNodes nodes(tree.tiles);
  EXPECT_EQ(prove_inclusion(nodes, {3}, {3}).error().fault, Fault::out_of_range);
  EXPECT_EQ(prove_inclusion(nodes, {0}, {0}).error().fault, Fault::out_of_range);
  EXPECT_EQ(prove_consistency(nodes, {0}, {3}).error().fault, Fault::out_of_range);
  EXPECT_EQ(prove_consistency(nodes, {3}, {2}).error().fault, Fault::out_of_range);
  EXPECT_EQ(*root(nodes, {0}), hash_empty());
}

TEST(MerkleProofs, ReportAMissingOrShortTile) {
  Grown tree(leaves(300));
  tree.tiles.kept.at({0, 1}).resize(10);
  EXPECT_EQ(prove_inclusion(TileNodes(tree.tiles), {290}, {300}).error().fault, Fault::storage);
  tree.tiles.kept.erase({1, 0});
  EXPECT_EQ(root(TileNodes(tree.tiles), {300}).error().fault, Fault::storage);
}

}  // namespace
}  // namespace refledger::merkle
