// That a leaf stands in the tree that a root sums up.
//
// Written from RFC 9162 §2.1.3.2 and apart from ledger/merkle, so that one mistake cannot hide in
// both.
#pragma once

#include <vector>

#include "ledger/core/bytes.h"

namespace refledger::verify {

/// Whether `path` leads from `leaf` at `index` to `root` of a tree of `size` leaves, and has just
/// the length that such a path has.
bool is_included(const TreeHash& leaf, LeafIndex index, TreeSize size,
                 const std::vector<TreeHash>& path, const TreeHash& root);

}  // namespace refledger::verify
