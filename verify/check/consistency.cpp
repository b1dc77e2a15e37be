#include "verify/check/consistency.h"

#include <bit>

#include "ledger/core/hash.h"

namespace refledger::verify {

bool is_consistent(TreeSize from, const TreeHash& from_root, TreeSize to, const TreeHash& to_root,
                   const std::vector<TreeHash>& proof) {
  if (from > to) return false;
  if (from.leaves == 0) return proof.empty() && from_root == hash_empty();
  if (from == to) return proof.empty() && from_root == to_root;
  std::vector<TreeHash> path = proof;
  if (path.empty()) return false;                                              // step 1
  if (std::has_single_bit(from.leaves)) path.insert(path.begin(), from_root);  // step 2
  std::uint64_t fn = from.leaves - 1;                                          // step 3
  std::uint64_t sn = to.leaves - 1;
  while ((fn & 1) == 1) {  // step 4
    fn >>= 1;
    sn >>= 1;
  }
  TreeHash fr = path.front();  // step 5
  TreeHash sr = path.front();
  for (std::size_t at = 1; at < path.size(); ++at) {  // step 6
    const TreeHash& c = path[at];
    if (sn == 0) return false;  // step 6.1: the proof is too long
    if ((fn & 1) == 1 || fn == sn) {
      fr = hash_children(c, fr);          // step 6.2.1
      sr = hash_children(c, sr);          // step 6.2.2
      while ((fn & 1) == 0 && fn != 0) {  // step 6.2.3
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      sr = hash_children(sr, c);  // step 6.3.1
    }
    fn >>= 1;  // step 6.4
    sn >>= 1;
  }
  return sn == 0 && fr == from_root && sr == to_root;  // step 7
}

}  // namespace refledger::verify
