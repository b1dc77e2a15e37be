// Every consistency proof between small trees holds, and none that was changed does.
#include "verify/check/consistency.h"

#include <gtest/gtest.h>

#include "ledger/core/hash.h"
#include "support/merkle_reference.h"

namespace refledger::verify {
namespace {

std::vector<TreeHash> leaves_of(std::size_t count) {
  std::vector<TreeHash> leaves;
  for (std::size_t n = 0; n < count; ++n) {
    leaves.push_back(hash_leaf(std::array{static_cast<std::uint8_t>(n)}));
  }
  return leaves;
}

// SUBPROOF of §2.1.4.1 by its recursion.
void prove(std::span<const TreeHash> leaves, std::size_t from, bool known,
           std::vector<TreeHash>& proof) {
  if (from == leaves.size()) {
    if (!known) proof.push_back(test::tree_hash(leaves));
    return;
  }
  const std::size_t split = std::bit_floor(leaves.size() - 1);
  if (from <= split) {
    prove(leaves.first(split), from, known, proof);
    proof.push_back(test::tree_hash(leaves.subspan(split)));
  } else {
    prove(leaves.subspan(split), from - split, false, proof);
    proof.push_back(test::tree_hash(leaves.first(split)));
  }
}

TEST(Consistency, EveryProofHoldsAndNoneHoldsWithABitChangedOrAHashMoreOrLess) {
  const std::vector<TreeHash> leaves = leaves_of(24);
  for (std::size_t to = 1; to <= leaves.size(); ++to) {
    const TreeHash to_root = test::tree_hash(std::span(leaves).first(to));
    for (std::size_t from = 1; from <= to; ++from) {
      SCOPED_TRACE(testing::Message() << from << " to " << to);
      const TreeHash from_root = test::tree_hash(std::span(leaves).first(from));
      std::vector<TreeHash> proof;
      prove(std::span(leaves).first(to), from, true, proof);
      const auto holds = [&] { return is_consistent({from}, from_root, {to}, to_root, proof); };
      EXPECT_TRUE(holds());
      for (TreeHash& hash : proof) {
        hash.bytes[31] ^= 1;
        EXPECT_FALSE(holds());
        hash.bytes[31] ^= 1;
      }
      EXPECT_FALSE(is_consistent({from}, to_root, {to}, to_root, proof) && from != to);
      EXPECT_FALSE(is_consistent({from}, from_root, {to}, from_root, proof) && from != to);
      proof.push_back(to_root);
      EXPECT_FALSE(holds());
      proof.pop_back();
      if (!proof.empty()) {
        proof.pop_back();
        EXPECT_FALSE(holds());
      }
    }
  }
}

TEST(Consistency, AnEmptyTreeBeginsEveryOtherAndASmallerOneNone) {
  const std::vector<TreeHash> leaves = leaves_of(5);
  const TreeHash root = test::tree_hash(leaves);
  EXPECT_TRUE(is_consistent({0}, hash_empty(), {5}, root, {}));
  EXPECT_FALSE(is_consistent({0}, root, {5}, root, {}));
  EXPECT_FALSE(is_consistent({0}, hash_empty(), {5}, root, {root}));
  EXPECT_TRUE(is_consistent({5}, root, {5}, root, {}));
  EXPECT_FALSE(is_consistent({5}, root, {4}, root, {}));
}

}  // namespace
}  // namespace refledger::verify
