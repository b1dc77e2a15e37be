// A closing: the root key's signed statement that a log ends at a size and root, why, and where it
// goes on.
//
// Shape    "refledger-closing/v1" LF origin LF size LF base64(root) LF "ended"|"key-stolen" LF
//          "next " VKEY LF | "end" LF, as a signed note.  The closings of a log's epochs together:
//          a JCS list of such notes, oldest first, at most 64 KiB.
// Errors   malformed
// Source   docs/format/closing.md has a worked example
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/format/checkpoint.h"

namespace refledger::format {

struct Closing {
  Checkpoint last;  ///< the log's own name, and all that it will ever hold
  /// Whoever stole the log's key can sign any state of it: none but the last counts.
  bool key_stolen = false;
  /// The successor: a later epoch of the same log, under a key of its own.
  std::optional<NoteKey> next;
  friend bool operator==(const Closing&, const Closing&) = default;
};

std::string format_closing(const Closing& closing);  ///< the text that is signed
Result<Closing> parse_closing(std::string_view note_text);

std::string sign_closing(const Closing& closing, std::string_view root_name, const Signer& root);

/// Notes, each whole, as one text and back.
std::string format_closings(const std::vector<std::string>& notes);
Result<std::vector<std::string>> parse_closings(std::string_view text);

}  // namespace refledger::format
