// The tree written a second time, straight from RFC 9162, to check the first one against.
#pragma once

#include <bit>
#include <span>
#include <vector>

#include "ledger/core/hash.h"
#include "ledger/merkle/proof.h"

namespace refledger::test {

/// MTH of §2.1.1, by its recursion.
inline TreeHash tree_hash(std::span<const TreeHash> leaves) {
  if (leaves.empty()) return hash_empty();
  if (leaves.size() == 1) return leaves.front();
  std::size_t k = 1;
  while (2 * k < leaves.size()) k *= 2;
  return hash_children(tree_hash(leaves.first(k)), tree_hash(leaves.subspan(k)));
}

/// §2.1.3.2, step by step.
inline bool inclusion_holds(const TreeHash& leaf, std::uint64_t index, std::uint64_t size,
                            const TreeHash& root, const merkle::Proof& proof) {
  if (index >= size) return false;
  std::uint64_t fn = index;
  std::uint64_t sn = size - 1;
  TreeHash r = leaf;
  for (const TreeHash& p : proof) {
    if (sn == 0) return false;
    if (fn % 2 == 1 || fn == sn) {
      r = hash_children(p, r);
      while (fn % 2 == 0 && fn != 0) fn >>= 1, sn >>= 1;
    } else {
      r = hash_children(r, p);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && r == root;
}

/// §2.1.4.2, step by step.
inline bool consistency_holds(std::uint64_t first, std::uint64_t second, const TreeHash& first_hash,
                              const TreeHash& second_hash, const merkle::Proof& proof) {
  if (first == 0 || first > second) return false;
  if (first == second) return proof.empty() && first_hash == second_hash;
  if (proof.empty()) return false;
  merkle::Proof path = proof;
  if (std::has_single_bit(first)) path.insert(path.begin(), first_hash);
  std::uint64_t fn = first - 1;
  std::uint64_t sn = second - 1;
  while (fn % 2 == 1) fn >>= 1, sn >>= 1;
  TreeHash fr = path.front();
  TreeHash sr = path.front();
  for (std::size_t at = 1; at < path.size(); ++at) {
    if (sn == 0) return false;
    if (fn % 2 == 1 || fn == sn) {
      fr = hash_children(path[at], fr);
      sr = hash_children(path[at], sr);
      while (fn % 2 == 0 && fn != 0) fn >>= 1, sn >>= 1;
    } else {
      sr = hash_children(sr, path[at]);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && fr == first_hash && sr == second_hash;
}

}  // namespace refledger::test
