// A backup of the ledger as files, and a ledger made from such files again.
//
// Shape    FOLDER: the files of an export, and beside them status/N, the token of status list N,
// and
//          `cosigned`, the newest cosigned checkpoint.
// Order    back_up(): as export_log(); one that is interrupted is the one before, or a whole one
// with
//          older tokens.  restore(): the store is a ledger once it returns, not before.
// Errors   storage: what is read or written, or entries that do not lead to their checkpoint's
// root;
//          refused as export_log() does, and where the store to fill is not empty
// Source   docs/ledger.md, "Backup"
#pragma once

#include <filesystem>

#include "ledger/log/export.h"
#include "ledger/log/view.h"
#include "ledger/store/store.h"

namespace refledger::log {

/// Writes what `view` and `store`, which it reads, show.
Result<ExportReport> back_up(const View& view, const store::Reader& store,
                             const std::filesystem::path& folder, const ExportProgress& progress);

/// Fills the empty store from the entries of `backup` up: tiles and indexes are made anew, and must
/// lead to the root that the checkpoint signs.  Signatures are for fsck to check.
Result<TreeSize> restore(const store::Reader& backup, store::Store& empty,
                         const ExportProgress& progress);

}  // namespace refledger::log
