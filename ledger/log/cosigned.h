// The newest checkpoint that the witnesses' quorum has cosigned, kept beside the log's own.
//
// Shape    Every one there ever was, by its size, and the newest by name (layout.h).
// Errors   storage
// Threads  Any.
#pragma once

#include <optional>
#include <string>

#include "ledger/log/view.h"
#include "ledger/store/store.h"

namespace refledger::log {

/// Nothing while there is none.
Result<std::optional<std::string>> read_cosigned(const store::Reader& store);

/// `note` is this log's, as the caller knows.
Result<void> put_cosigned(store::Store& store, const std::string& note);

/// The view whose checkpoint most readers can check: the newest one with its cosignatures if there
/// is a cosigned one that shows the same of `matters`, or everything; else `newest` itself.
/// `matters`: positions that must be below it.
Result<View> best_witnessed(const store::Reader& store, const View& newest, TreeSize matters);

}  // namespace refledger::log
