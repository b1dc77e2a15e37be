// A receipt: that an entry is in the log, checkable by anyone who has the entry and the log's key.
//
// Shape    "c2sp.org/tlog-proof@v1" LF ["extra " base64 LF] "index N" LF hashes, leaf's sibling
//          first, each base64 LF; LF; the signed checkpoint.  We write no extra line and refuse
//          one.
// Errors   malformed
// Source   c2sp.org/tlog-proof; docs/format/receipt.md
#pragma once

#include <vector>

#include "ledger/format/checkpoint.h"

namespace refledger::format {

struct Receipt {
  LeafIndex index;
  std::vector<TreeHash> path;  ///< inclusion proof, from the leaf upwards
  std::string checkpoint;      ///< the signed note, byte for byte
};

std::string format_receipt(const Receipt& receipt);
Result<Receipt> parse_receipt(std::string_view text);

}  // namespace refledger::format
