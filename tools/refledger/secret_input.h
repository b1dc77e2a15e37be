// Secrets from an operator: from a file, from standard input, or typed without an echo.  Never from
// the command line, where every user of the machine sees them.
//
// Errors   not_found, storage, out_of_range (longer than 16 KiB), malformed (nothing was given)
#pragma once

#include <string>

#include "desk/accounts/account.h"
#include "ledger/core/result.h"

namespace refledger::tools {

/// The file's content; `-` is standard input.
Result<std::string> read_secret(const std::string& file_or_dash);

/// Asks on the terminal: for a client id (shown) and its secret, or for a token alone.  malformed
/// where there is no terminal.
Result<accounts::Credentials> ask_for_credentials(bool has_client_id);

}  // namespace refledger::tools
