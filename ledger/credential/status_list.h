// The Token Status List: which references are withdrawn, as one small signed list.
//
// Shape    JWT {"alg":"EdDSA","kid":...,"typ":"statuslist+jwt"}, payload exp, iat, iss, refledger
//          {origin, root, size}, status_list {bits: 2, lst}, sub, ttl
// Units    exp, iat and ttl in seconds; 2 bits an index, least significant first
// Errors   malformed, out_of_range (index beyond the list)
// Source   draft-ietf-oauth-status-list; docs/format/status-list.md
#pragma once

#include <chrono>
#include <set>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/core/signer.h"
#include "ledger/core/time.h"

namespace refledger::credential {

constexpr std::uint64_t kStatusListLength = 1 << 17;

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

std::string make_status_token(const StatusList& list, const Signer& status_key);

struct ParsedStatusToken {
  std::string kid;
  StatusList list;
  std::string signing_input;
  Signature signature;
};

Result<ParsedStatusToken> parse_status_token(std::string_view jwt);

}  // namespace refledger::credential
