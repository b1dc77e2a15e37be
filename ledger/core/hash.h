// SHA-256 by OpenSSL's fetched digest, and the Merkle tree's leaf and node hashes.
//
// Source   FIPS 180-4; RFC 9162 §2.1.1 (leaf and node prefixes)
// Threads  Any; each thread keeps its own context.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>

#include "ledger/core/bytes.h"

namespace refledger {

using Sha256 = std::array<std::uint8_t, 32>;

/// SHA-256 of the parts, one after the other.
Sha256 sha256(std::initializer_list<ByteView> parts);
inline Sha256 sha256(ByteView bytes) { return sha256({bytes}); }

/// The same as a typed hash: `sha256_as<DocumentHash>(file)`.
template <class Hash>
Hash sha256_as(ByteView bytes) {
  Hash hash;
  hash.bytes = sha256(bytes);
  return hash;
}

TreeHash hash_leaf(ByteView entry);                                   ///< SHA-256(00 | entry)
TreeHash hash_children(const TreeHash& left, const TreeHash& right);  ///< SHA-256(01 | l | r)
TreeHash hash_empty();                                                ///< SHA-256 of nothing

/// `ref` of an entry: SHA-256("refledger-ref-v1" 00 ID).
ReferenceHash hash_reference(const ReferenceId& id);

/// HMAC-SHA256 (RFC 2104).
Sha256 hmac_sha256(ByteView key, ByteView message);

/// In time that does not depend on where they differ.
bool equal_secrets(ByteView a, ByteView b);

}  // namespace refledger
