// Bytes, and fixed-size byte values that do not mix.
//
// Shape    FixedBytes<Tag, N>: a TreeHash is not a DocumentDigest, though both are 32 bytes.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace refledger {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes copy_of(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

template <class Tag, std::size_t N>
struct FixedBytes {
  static constexpr std::size_t length = N;
  std::array<std::uint8_t, N> bytes{};

  /// nothing if `from` is not exactly N bytes.
  static std::optional<FixedBytes> from(ByteView from) {
    if (from.size() != N) return std::nullopt;
    FixedBytes made;
    std::copy(from.begin(), from.end(), made.bytes.begin());
    return made;
  }

  ByteView view() const { return bytes; }
  friend auto operator<=>(const FixedBytes&, const FixedBytes&) = default;
};

using TreeHash = FixedBytes<struct TreeHashTag, 32>;              ///< a node of the Merkle tree
using ReferenceHash = FixedBytes<struct ReferenceHashTag, 32>;    ///< `ref` of an entry
using CredentialHash = FixedBytes<struct CredentialHashTag, 32>;  ///< `cred` of an entry
using DocumentHash = FixedBytes<struct DocumentHashTag, 32>;  ///< `doc`: SHA-256 of the PDF file
using EntryHash = FixedBytes<struct EntryHashTag, 32>;        ///< `prev`: SHA-256 of an entry
using PublicKey = FixedBytes<struct PublicKeyTag, 32>;        ///< Ed25519, RFC 8032 §5.1.5
using Signature = FixedBytes<struct SignatureTag, 64>;        ///< Ed25519, RFC 8032 §5.1.6
using ReferenceId = FixedBytes<struct ReferenceIdTag, 16>;    ///< ID of a link
using LinkSecret = FixedBytes<struct LinkSecretTag, 16>;      ///< SECRET of a link; never stored
using Share = FixedBytes<struct ShareTag, 32>;                ///< SHARE of a sealed record

struct LeafIndex {
  std::uint64_t position = 0;  ///< counts entries, from 0
  friend auto operator<=>(const LeafIndex&, const LeafIndex&) = default;
};

struct TreeSize {
  std::uint64_t leaves = 0;
  friend auto operator<=>(const TreeSize&, const TreeSize&) = default;
};

}  // namespace refledger
