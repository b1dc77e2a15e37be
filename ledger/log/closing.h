// How a log's end lies in its store, and how it is written there.
//
// Shape    meta   "closings" -> every closing of this log and of the epochs before, as
//                 format_closings() writes them
//                 "predecessor" -> the signed checkpoint that this epoch went on from
// Order    Closed once close_log() returns; whoever opens the log after that appends nothing.
// Errors   refused: the log is not what the closing says; storage; malformed
// Source   docs/ledger.md, "Closing"; docs/format/closing.md
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/format/closing.h"
#include "ledger/store/store.h"

namespace refledger::log {

/// As stored; nothing where no log was closed.
Result<std::optional<std::string>> stored_closings(const store::Reader& store);
/// The checkpoint of the epoch before; nothing in the first one.
Result<std::optional<std::string>> stored_predecessor(const store::Reader& store);

/// What was last said of the end of the log of that name.  Signatures are not checked.
Result<std::optional<format::Closing>> closing_of(std::string_view closings,
                                                  std::string_view origin);

/// Stores the closings.  The newest is of the stored log, at its size and root, or of one that it
/// went on from; none that is there already may be missing.
Result<void> store_closings(store::Store& store, const std::string& closings);

}  // namespace refledger::log
