#include "verify/check/inclusion.h"

#include "ledger/core/hash.h"

namespace refledger::verify {

bool is_included(const TreeHash& leaf, LeafIndex index, TreeSize size,
                 const std::vector<TreeHash>& path, const TreeHash& root) {
  if (index.position >= size.leaves) return false;  // step 1
  std::uint64_t fn = index.position;                // step 2
  std::uint64_t sn = size.leaves - 1;
  TreeHash r = leaf;                // step 3
  for (const TreeHash& p : path) {  // step 4
    if (sn == 0) return false;      // step 4.1: the path is too long
    if ((fn & 1) == 1 || fn == sn) {
      r = hash_children(p, r);            // step 4.2.1
      while ((fn & 1) == 0 && fn != 0) {  // step 4.2.2
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      r = hash_children(r, p);  // step 4.3.1
    }
    fn >>= 1;  // step 4.4
    sn >>= 1;
  }
  return sn == 0 && r == root;  // step 5
}

}  // namespace refledger::verify
