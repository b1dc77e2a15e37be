// What a log sends to a witness: the size that the witness knows, a proof, and the new checkpoint.
//
// Shape    "old N" LF, at most 63 base64 hashes each on a line, LF, the signed checkpoint
// Errors   malformed; at most 64 KiB
// Source   c2sp.org/tlog-witness, add-checkpoint.  The log serves its consistency proofs in the
//          same form.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/format/checkpoint.h"

namespace refledger::format {

struct WitnessRequest {
  TreeSize old;
  std::vector<TreeHash> proof;
  std::string checkpoint;  ///< the signed note, byte for byte
};

std::string format_witness_request(const WitnessRequest& request);
Result<WitnessRequest> parse_witness_request(std::string_view text);

}  // namespace refledger::format
