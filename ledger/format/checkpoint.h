// A checkpoint: the log's signed statement of its size and root.
//
// Shape    origin LF size LF base64(root) LF, as a signed note; no extension lines
// Errors   malformed
// Source   c2sp.org/tlog-checkpoint; docs/format/checkpoint.md has a worked example
#pragma once

#include "ledger/format/note.h"

namespace refledger::format {

struct Checkpoint {
  std::string origin;  ///< `HOST/log`, also the name of the log's key
  TreeSize size;
  TreeHash root;
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

std::string format_checkpoint(const Checkpoint& checkpoint);  ///< the text that is signed
Result<Checkpoint> parse_checkpoint(std::string_view note_text);

std::string sign_checkpoint(const Checkpoint& checkpoint, const Signer& log_key);

}  // namespace refledger::format
