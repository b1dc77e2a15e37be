// What a power cut leaves of the last write: the end of a write-ahead log with holes in it.
//
// RocksDB drops a last record that is cut off.  But a disk writes sectors in any order, so a later
// part of a record can be there and an earlier one not; that RocksDB cannot tell from damage, and
// refuses to open.  It can be told: a hole is zeros from one sector's end to another's, and nothing
// was written after it, because each batch is synced before the next begins.
//
// Order    Only what was never acknowledged goes; a damaged record with an intact one behind it,
//          or without a hole, stays as it is, and the store stays closed.
// Errors   storage; conflict where a process has the store open
// Source   RocksDB's log format: blocks of 32 KiB of records crc | length | type | bytes
#pragma once

#include <filesystem>
#include <optional>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::store {

/// Where the torn record at the end of this log begins; nothing if there is none.
std::optional<std::size_t> torn_tail(ByteView log);

/// Cuts the torn record off the newest log in `folder`; false if there is none.
Result<bool> cut_torn_tail(const std::filesystem::path& folder);

}  // namespace refledger::store
