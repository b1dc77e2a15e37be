// The verifier's own arithmetic: every proof of every small tree holds, and no other does.
#include "verify/check/inclusion.h"

#include "world.h"

namespace refledger::verify {
namespace {

Leaves leaves_of(std::size_t count) {
  Leaves leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(std::to_string(i));
  return leaves;
}

// RFC 9162 §2.1.5: the proofs of the tree of seven leaves, in its letters.
TEST(Inclusion, HoldsForTheTreeOfSevenAsInTheRfc) {
  const Leaves d = leaves_of(7);
  std::vector<TreeHash> leaf;
  for (const std::string& each : d) leaf.push_back(hash_leaf(bytes_of(each)));
  const TreeHash a = leaf[0], b = leaf[1], c = leaf[2], e_ = leaf[4], f = leaf[5], j = leaf[6];
  const TreeHash g = hash_children(a, b), h = hash_children(c, leaf[3]), i = hash_children(e_, f);
  const TreeHash k = hash_children(g, h), l = hash_children(i, j);
  const TreeHash root = hash_children(k, l);
  EXPECT_EQ(root, root_of(d));
  EXPECT_TRUE(is_included(leaf[0], {0}, {7}, {b, h, l}, root));
  EXPECT_TRUE(is_included(leaf[3], {3}, {7}, {c, g, l}, root));
  EXPECT_TRUE(is_included(leaf[4], {4}, {7}, {f, j, k}, root));
  EXPECT_TRUE(is_included(leaf[6], {6}, {7}, {i, k}, root));
}

TEST(Inclusion, HoldsAtItsOwnPlaceOnly) {
  for (std::size_t size = 1; size <= 33; ++size) {
    const Leaves leaves = leaves_of(size);
    const TreeHash root = root_of(leaves);
    for (std::size_t at = 0; at < size; ++at) {
      const std::vector<TreeHash> path = path_of(at, leaves);
      const TreeHash leaf = hash_leaf(bytes_of(leaves[at]));
      ASSERT_TRUE(is_included(leaf, {at}, {size}, path, root)) << size << " " << at;
      for (std::size_t other = 0; other <= size + 1; ++other) {
        ASSERT_TRUE(other == at || !is_included(leaf, {other}, {size}, path, root));
      }
    }
  }
}

TEST(Inclusion, FailsWithAnyHashChangedDroppedOrAdded) {
  for (std::size_t size = 1; size <= 20; ++size) {
    const Leaves leaves = leaves_of(size);
    const TreeHash root = root_of(leaves);
    for (std::size_t at = 0; at < size; ++at) {
      const std::vector<TreeHash> path = path_of(at, leaves);
      const TreeHash leaf = hash_leaf(bytes_of(leaves[at]));
      for (std::size_t i = 0; i < path.size(); ++i) {
        std::vector<TreeHash> changed = path;
        changed[i].bytes[31] ^= 1;
        ASSERT_FALSE(is_included(leaf, {at}, {size}, changed, root));
        changed = path;
        changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(i));
        ASSERT_FALSE(is_included(leaf, {at}, {size}, changed, root));
      }
      std::vector<TreeHash> longer = path;
      longer.push_back(root);
      ASSERT_FALSE(is_included(leaf, {at}, {size}, longer, root));
      ASSERT_FALSE(is_included(hash_leaf(bytes_of("x")), {at}, {size}, path, root));
      ASSERT_FALSE(is_included(leaf, {at}, {size}, path, hash_empty()));
    }
  }
}

TEST(Inclusion, NothingIsInAnEmptyTreeOrBeyondItsEnd) {
  EXPECT_FALSE(is_included(hash_empty(), {0}, {0}, {}, hash_empty()));
  const TreeHash leaf = hash_leaf(bytes_of("0"));
  EXPECT_FALSE(is_included(leaf, {1}, {1}, {}, leaf));
  EXPECT_FALSE(is_included(leaf, {~std::uint64_t{0}}, {~std::uint64_t{0}}, {}, leaf));
}

}  // namespace
}  // namespace refledger::verify
