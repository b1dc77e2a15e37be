// Follows a log from outside: reads every new entry, and holds what it is shown now against what it
// was shown before.
//
// Shape    What is kept is canonical JSON: the last checkpoint, the hashes of the complete subtrees
//          that its tree consists of, the key entries so far, and what the root key said of its
//          end.
// Order    The kept state moves on only if the new checkpoint continues the old one and every entry
//          between them was read and hashes to it.
// Errors   upstream: the log cannot be read now.  What it shows and must not, is an alarm.
// Source   c2sp.org/tlog-tiles; docs/format/entry.md, "Rules".  Shares no code with ledger/log or
//          ledger/merkle.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/format/closing.h"

namespace refledger::monitor {

/// The body of a 200 answer to a path below the log's prefix; not_found for 404.
using Get = std::function<Result<std::string>(const std::string& path)>;

struct KeyEntry {
  std::uint64_t index = 0;
  std::string jws;
};

/// What is kept from one run to the next.
struct Memory {
  std::string checkpoint;                  ///< the signed note; empty before the first run
  std::vector<TreeHash> peaks;             ///< largest subtree first
  std::vector<KeyEntry> keys;              ///< of all issuers
  std::vector<std::string> closings = {};  ///< notes by the root key, oldest first
};

std::string format_memory(const Memory& memory);
Result<Memory> parse_memory(std::string_view text);

/// An entry that was not there before.
struct Seen {
  std::uint64_t index = 0;
  const char* act = "";
  std::string iss;
  std::string kid;  ///< of the signer
};

struct Report {
  TreeSize before;
  TreeSize now;
  std::vector<Seen> entries;        ///< key entries of all, and those of the issuer asked for
  std::vector<std::string> alarms;  ///< what the log must not have done
  std::string evidence;             ///< the checkpoint that contradicts the kept one, if one does
  /// What ended the log that was asked for, and where it goes on; by the root key.
  std::optional<format::Closing> closed;
};

/// Moves `memory` on if nothing is wrong with the tree; entries that break the rules are alarms
/// beside it.  `iss` empty: entries of every issuer are told.  Where one of `roots` closed the log,
/// its successor is followed in its place.
Result<Report> follow(const Get& get, const format::NoteKey& log, std::string_view iss,
                      Memory& memory, const std::vector<format::NoteKey>& roots = {});

}  // namespace refledger::monitor
