// A new epoch of a log: the same entries, under another name.
//
// A log that lost entries which it had given receipts for can never go on under its name: it would
// sign two histories.  Under the next epoch's name it can, and whoever held it to the old name sees
// that it is another one.
//
// So can one that its root key closed, under the name and key that the closing says.
//
// Order    Anchored last: one that was interrupted is started again.
// Errors   refused: the store is of no epoch before, the anchor holds a head already, or the log
//          was closed and goes on elsewhere or nowhere; storage
// Source   docs/ledger.md, "Epochs"; ledger/format/origin.h
#pragma once

#include "ledger/core/signer.h"
#include "ledger/core/time.h"
#include "ledger/log/anchor.h"
#include "ledger/store/store.h"

namespace refledger::log {

/// Signs what the store holds, a ledger of an epoch before, as the beginning of `origin`, and
/// anchors it.  What spoke of the epoch before goes: status tokens and cosigned checkpoints.  Its
/// last checkpoint stays as the predecessor.
Result<void> start_epoch(store::Store& store, const std::string& origin, const Signer& log_key,
                         Anchor& anchor, UtcMillis now);

}  // namespace refledger::log
