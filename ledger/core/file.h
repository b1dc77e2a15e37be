// Small files, read whole and replaced whole.
//
// Order    write_file returns once the new content and its name are on disk: temporary file, fsync,
//          rename, fsync of the folder.  A crash leaves the old file or the new one.
// Errors   storage (with the system's reason and the path), not_found, out_of_range (too long)
#pragma once

#include <filesystem>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger {

Result<Bytes> read_file(const std::filesystem::path& path, std::size_t max_bytes);

/// `mode` as for chmod; 0600 keeps it to its owner.
Result<void> write_file(const std::filesystem::path& path, ByteView content, unsigned mode = 0600);

/// Makes `path` and its parents with mode 0700; no error if it is there.
Result<void> make_private_folder(const std::filesystem::path& path);

}  // namespace refledger
