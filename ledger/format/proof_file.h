// The proof file (.refproof): all that is needed to check one reference without a server.
//
// Shape    JCS {"entry":JWS,"id":ID,"keys":[{"entry":JWS,"receipt":TEXT}...],"receipt":TEXT,
//          "status":JWT,"v":1}; at most 1 MiB and 256 keys
// Errors   malformed
// Source   docs/format/proof-file.md
#pragma once

#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::format {

struct LoggedEntry {
  std::string entry;    ///< JWS
  std::string receipt;  ///< tlog-proof text
};

struct ProofFile {
  ReferenceId id;
  LoggedEntry issued;
  std::vector<LoggedEntry> keys;  ///< every key entry of that issuer up to the issued one's index
  std::string status;             ///< status list token
};

std::string format_proof_file(const ProofFile& file);
Result<ProofFile> parse_proof_file(std::string_view text);

}  // namespace refledger::format
