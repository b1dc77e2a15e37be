// That a larger tree begins with a smaller one.
//
// Written from RFC 9162 §2.1.4.2 and apart from ledger/merkle, so that one mistake cannot hide in
// both.
#pragma once

#include <vector>

#include "ledger/core/bytes.h"

namespace refledger::verify {

/// Whether `proof` shows that the first `from` leaves of the tree of `to` leaves are those of the
/// smaller one, and has just the length that such a proof has.  An empty tree begins every other;
/// that, and the same tree twice, take an empty proof.
bool is_consistent(TreeSize from, const TreeHash& from_root, TreeSize to, const TreeHash& to_root,
                   const std::vector<TreeHash>& proof);

}  // namespace refledger::verify
