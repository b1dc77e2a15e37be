// The Token Status List: which references are withdrawn, as one small signed list.
//
// Shape    JWT {"alg":"EdDSA","kid":...,"typ":"statuslist+jwt"}, payload exp, iat, iss, refledger
//          {origin, root, size}, status_list {bits: 2, lst}, sub, ttl
// Units    exp, iat and ttl in seconds; 2 bits an index, least significant first
// Errors   malformed; a list of any other length, or with a status other than valid and invalid,
//          is refused
// Source   draft-ietf-oauth-status-list; docs/format/status-list.md
#pragma once

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/core/signer.h"
#include "ledger/core/time.h"

namespace refledger::credential {

constexpr std::uint64_t kStatusListLength = 1 << 17;
constexpr std::chrono::seconds kStatusTtl{3600};

/// The statuses of a list, two bits each, packed: 0 valid, 1 withdrawn.
Bytes pack_status_bits(const std::set<std::uint64_t>& withdrawn, std::uint64_t length);

/// base64url(zlib(bits)), and back; at most 1 MiB of bits.
std::string compress_status(ByteView bits);
Result<Bytes> decompress_status(std::string_view lst);

struct StatusList {
  std::string uri;  ///< `sub`
  std::string iss;
  std::string origin;
  TreeSize size;
  TreeHash root;
  UtcMillis issued_at;  ///< whole seconds
  std::chrono::seconds lifetime{24 * 3600};
  std::set<std::uint64_t> withdrawn;
};

/// Ends the process if `withdrawn` holds an index beyond kStatusListLength, or a text is not UTF-8.
std::string make_status_token(const StatusList& list, const Signer& status_key);

struct ParsedStatusToken {
  std::string kid;
  StatusList list;
  std::string signing_input;
  Signature signature;
};

Result<ParsedStatusToken> parse_status_token(std::string_view jwt);

}  // namespace refledger::credential
