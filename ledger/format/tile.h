// Where tiles live and what they hold.
//
// Shape    A tile is 1 to 256 hashes of 32 bytes; an entry bundle is 1 to 256 times
//          (big-endian uint16 length | entry).
// Units    Level 0 holds leaf hashes; tile `index` at level L begins at leaf index * 256^(L+1).
// Errors   malformed
// Source   c2sp.org/tlog-tiles
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::format {

constexpr std::uint64_t kTileWidth = 256;
constexpr std::size_t kMaxEntryBytes = 65535;

struct TilePath {
  bool entries = false;  ///< an entry bundle instead of hashes (level is then 0)
  unsigned level = 0;    ///< [0, 63]
  std::uint64_t index = 0;
  unsigned width = 256;  ///< [1, 256]; 256 is a full tile
  friend bool operator==(const TilePath&, const TilePath&) = default;
};

/// `tile/0/x001/x234/067`, `tile/entries/000.p/7`.
std::string format_tile_path(const TilePath& path);
Result<TilePath> parse_tile_path(std::string_view path);

/// Ends the process unless there are 1 to 256 entries of at most kMaxEntryBytes each.
Bytes format_bundle(const std::vector<std::string>& entries);
Result<std::vector<std::string>> parse_bundle(ByteView bundle);

}  // namespace refledger::format
