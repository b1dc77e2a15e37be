// A secret read from a file straight into guarded memory.
#pragma once

#include <filesystem>

#include "ledger/core/result.h"
#include "ledger/sign/guarded.h"

namespace refledger::sign {

/// The whole file; out_of_range if it is longer than `max_bytes`.
Result<GuardedText> read_secret(const std::filesystem::path& file, std::size_t max_bytes);

/// The first line of the file, without its line end: a passphrase.
Result<GuardedText> read_passphrase(const std::filesystem::path& file);

}  // namespace refledger::sign
