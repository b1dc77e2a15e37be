// The end of a log, and the one that goes on from it, by the root key.
//
// Shape    DATA/ledger.closed: the closings of the log's epochs (docs/format/closing.md).
//          DATA/root.vkey: who may sign them.  DATA/keys/log-epoch-N.sealed: a successor's key.
// Order    DATA/ledger.closed decides: once it is written the log is closed, and whoever opens the
//          ledger's store next brings it up to it.  What was interrupted is run again.
// Errors   refused: not the root key, not closed, closed otherwise; conflict: a desk is running
// Source   docs/ledger.md, "Closing"
#pragma once

#include <functional>
#include <string_view>

#include "ledger/format/closing.h"
#include "tools/refledger/home.h"

namespace refledger::tools {

/// Called after each step that is on disk; tests end the run here.
using AfterStep = std::function<void(std::string_view step)>;

/// Draws the root key and writes it to `file`, to be printed; its public part stays here.
/// conflict: there is one already.
Result<format::NoteKey> make_root_key(const Settings& settings, const std::filesystem::path& file);
/// not_found: none was made.
Result<format::NoteKey> read_root_key(const Home& home);

/// Ends the log where it is.  The same again is no error.
Result<format::Closing> close_log(
    const Settings& settings, const std::filesystem::path& root_file, bool key_stolen,
    const AfterStep& after_step = [](std::string_view) {});

/// Starts the epoch that the settings name as the successor of the closed log, under a new key.
Result<format::Closing> succeed_log(
    const Settings& settings, const std::filesystem::path& root_file,
    const AfterStep& after_step = [](std::string_view) {});

/// Brings the ledger's store up to DATA/ledger.closed; makes that file where only the store has it.
Result<void> complete_closing(const Home& home, store::Store& ledger);

/// Every closing so far, as DATA/ledger.closed has them.
Result<std::vector<format::Closing>> read_closings(const Home& home);

/// What log.sealed and its successors are called: the newest that there is for `epoch`.
std::string log_key_name(const Home& home, unsigned epoch);

/// What an epoch leaves behind, beside: the head anchor and the trust file of before.
Result<void> set_anchor_aside(const Home& home, unsigned epoch);
Result<void> set_trust_file_aside(const Home& home, unsigned epoch);

}  // namespace refledger::tools
