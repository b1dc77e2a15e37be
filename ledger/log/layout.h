// How the ledger lies in its store: spaces, keys and values, for writer, readers and audit alike.
//
// Shape    meta     "checkpoint" -> signed note
//                   "closings", "predecessor" -> where logs ended (ledger/log/closing.h)
//                   "indexed" -> the watermark: how many entries have their index rows
//          entry    position -> JWS
//          tile     level (1 byte) | index -> 1 to 255 hashes, or a full tile: its 256, then the
//                   hashes of their pairs, fours, ... and halves, so that a proof hashes nothing
//          by_hash  leaf hash -> position
//          by_ref   ref | position -> "i" (issued) or "w" (withdrawn)
//          by_doc   doc | position -> nothing
//          by_iss   "e" | SHA-256(iss) | position -> nothing, for each key entry
//                   "k" | kid -> position of the key-added
//          status   list -> SHA-256(token) | token
//          cosigned size -> the checkpoint of that size, cosigned; "newest" -> the newest of them
// Units    Positions, indexes and list numbers are 8 bytes, big-endian.
// Errors   storage: a stored value is not what the format says
// Source   docs/ledger.md
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/format/entry.h"
#include "ledger/store/store.h"

namespace refledger::log::layout {

constexpr std::string_view kMeta = "meta";
constexpr std::string_view kEntry = "entry";
constexpr std::string_view kTile = "tile";
constexpr std::string_view kByHash = "by_hash";
constexpr std::string_view kByRef = "by_ref";
constexpr std::string_view kByDoc = "by_doc";
constexpr std::string_view kByIss = "by_iss";
constexpr std::string_view kStatus = "status";

constexpr std::string_view kCosigned = "cosigned";

constexpr std::string_view kCheckpointKey = "checkpoint";
constexpr std::string_view kClosingsKey = "closings";
constexpr std::string_view kPredecessorKey = "predecessor";
constexpr std::string_view kNewestCosigned = "newest";
constexpr std::string_view kIndexedKey = "indexed";
constexpr std::string_view kIssuedMark = "i";
constexpr std::string_view kWithdrawnMark = "w";

std::string tile_key(unsigned level, std::uint64_t index);
std::string ref_key(const ReferenceHash& ref, std::uint64_t position);
std::string doc_key(const DocumentHash& doc, std::uint64_t position);
std::string issuer_key(std::string_view iss, std::uint64_t position);
std::string kid_key(std::string_view kid);

struct Row {
  std::string_view space;
  std::string key;
  Bytes value;
};

/// Every index row of the entry at `at`.
std::vector<Row> index_rows(const format::Entry& entry, LeafIndex at);

Bytes position_value(LeafIndex at);
Result<LeafIndex> parse_position(ByteView value);
/// The position that a key of by_ref, by_doc or by_iss ends in.
Result<LeafIndex> position_of_key(std::string_view key);

/// As stored: of a full tile with the hashes above its 256.
Bytes tile_value(std::span<const TreeHash> hashes);
/// How many hashes of its own it has, 1 to 256.
Result<std::size_t> tile_width(ByteView value);
/// The tile's own hashes.
Result<std::vector<TreeHash>> parse_tile(ByteView value);
Bytes bytes_of_hashes(std::span<const TreeHash> hashes);

constexpr std::size_t kFullTileHashes = 510;  ///< 256 + 128 + ... + 2
/// How many entries have their index rows, as stored; 0 if nothing is.
Result<TreeSize> read_indexed(const store::Reader& store);

Bytes status_value(std::string_view token);
Result<std::string> parse_status(ByteView value);

}  // namespace refledger::log::layout
