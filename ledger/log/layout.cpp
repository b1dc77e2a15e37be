#include "ledger/log/layout.h"

#include "ledger/core/hash.h"
#include "ledger/core/jws.h"
#include "ledger/merkle/edge.h"

namespace refledger::log::layout {
namespace {

using store::number_key;

constexpr std::size_t kNumberBytes = 8;

Error damaged(const char* what) {
  return {Fault::storage, std::string("stored ") + what + " is damaged"};
}

std::string text(ByteView bytes) { return std::string(text_of(bytes)); }

Row row(std::string_view space, std::string key, std::string_view value) {
  return {space, std::move(key), copy_of(bytes_of(value))};
}

void add_rows(const format::Issued& act, std::uint64_t at, std::vector<Row>& rows) {
  rows.push_back(row(kByRef, ref_key(act.ref, at), kIssuedMark));
  if (act.doc) rows.push_back(row(kByDoc, doc_key(*act.doc, at), ""));
}

void add_rows(const format::Withdrawn& act, std::uint64_t at, std::vector<Row>& rows) {
  rows.push_back(row(kByRef, ref_key(act.ref, at), kWithdrawnMark));
}

void add_rows(const format::KeyAdded& act, std::uint64_t at, std::vector<Row>& rows) {
  rows.push_back(row(kByIss, issuer_key(act.iss, at), ""));
  rows.push_back(row(kByIss, kid_key(thumbprint(act.key)), number_key(at)));
}

void add_rows(const format::KeyRetired& act, std::uint64_t at, std::vector<Row>& rows) {
  rows.push_back(row(kByIss, issuer_key(act.iss, at), ""));
}

}  // namespace

std::string tile_key(unsigned level, std::uint64_t index) {
  return static_cast<char>(level) + number_key(index);
}

std::string ref_key(const ReferenceHash& ref, std::uint64_t position) {
  return text(ref.view()) + number_key(position);
}

std::string doc_key(const DocumentHash& doc, std::uint64_t position) {
  return text(doc.view()) + number_key(position);
}

std::string issuer_key(std::string_view iss, std::uint64_t position) {
  return "e" + text(sha256(bytes_of(iss))) + number_key(position);
}

std::string kid_key(std::string_view kid) { return "k" + std::string(kid); }

std::vector<Row> index_rows(const format::Entry& entry, LeafIndex at) {
  std::vector<Row> rows;
  const TreeHash leaf = hash_leaf(bytes_of(entry.jws));
  rows.push_back(row(kByHash, text(leaf.view()), number_key(at.position)));
  std::visit([&](const auto& act) { add_rows(act, at.position, rows); }, entry.act);
  return rows;
}

Bytes position_value(LeafIndex at) { return copy_of(bytes_of(number_key(at.position))); }

Result<LeafIndex> parse_position(ByteView value) {
  if (value.size() != kNumberBytes) return damaged("position");
  LeafIndex at;
  for (const std::uint8_t byte : value) at.position = at.position << 8 | byte;
  return at;
}

Result<LeafIndex> position_of_key(std::string_view key) {
  if (key.size() < kNumberBytes) return damaged("index key");
  return parse_position(bytes_of(key.substr(key.size() - kNumberBytes)));
}

Bytes bytes_of_hashes(std::span<const TreeHash> hashes) {
  Bytes bytes;
  bytes.reserve(hashes.size() * TreeHash::length);
  for (const TreeHash& hash : hashes) {
    bytes.insert(bytes.end(), hash.bytes.begin(), hash.bytes.end());
  }
  return bytes;
}

Bytes tile_value(std::span<const TreeHash> hashes) {
  if (hashes.size() < merkle::kTileWidth) return bytes_of_hashes(hashes);
  std::vector<TreeHash> all(hashes.begin(), hashes.end());
  all.reserve(kFullTileHashes);
  for (std::size_t at = 0; all.size() < kFullTileHashes; at += 2) {
    all.push_back(hash_children(all[at], all[at + 1]));
  }
  return bytes_of_hashes(all);
}

Result<std::size_t> tile_width(ByteView value) {
  const std::size_t hashes = value.size() / TreeHash::length;
  if (value.size() % TreeHash::length != 0 || hashes == 0) return damaged("tile");
  if (hashes == kFullTileHashes) return merkle::kTileWidth;
  if (hashes >= merkle::kTileWidth) return damaged("tile");
  return hashes;
}

Result<std::vector<TreeHash>> parse_tile(ByteView value) {
  const Result<std::size_t> width = tile_width(value);
  if (!width) return width.error();
  std::vector<TreeHash> hashes;
  hashes.reserve(*width);
  for (std::size_t at = 0; at < *width; ++at) {
    hashes.push_back(*TreeHash::from(value.subspan(at * TreeHash::length, TreeHash::length)));
  }
  return hashes;
}

Result<TreeSize> read_indexed(const store::Reader& store) {
  const auto stored = store.get(kMeta, kIndexedKey);
  if (!stored) return stored.error();
  if (!*stored) return TreeSize{};
  const Result<LeafIndex> at = parse_position(**stored);
  if (!at) return at.error();
  return TreeSize{at->position};
}

Bytes status_value(std::string_view token) {
  const Sha256 hash = sha256(bytes_of(token));
  Bytes value;
  value.reserve(hash.size() + token.size());
  value.insert(value.end(), hash.begin(), hash.end());
  value.insert(value.end(), token.begin(), token.end());
  return value;
}

Result<std::string> parse_status(ByteView value) {
  if (value.size() < std::tuple_size_v<Sha256>) return damaged("status token");
  std::string token = text(value.subspan(std::tuple_size_v<Sha256>));
  if (!std::ranges::equal(value, status_value(token))) return damaged("status token");
  return token;
}

}  // namespace refledger::log::layout
