// The two messages of a timestamp authority: what is asked, and whether the answer is to it.
//
// Errors   malformed (certificates, policy), upstream (the answer; which check it failed)
// Source   RFC 3161 §2.4, RFC 5816, RFC 5280 §4.2.1.12 (timeStamping, critical and alone)
#pragma once

#include <openssl/ts.h>

#include <memory>
#include <string>
#include <vector>

#include "ledger/core/hash.h"
#include "ledger/core/time.h"
#include "render/seal/openssl.h"

namespace refledger::seal {

using TimestampRequest = std::unique_ptr<TS_REQ, Freer<TS_REQ_free>>;
using Nonce = std::array<std::uint8_t, 16>;

/// One to sixteen certificates.
Result<std::vector<Certificate>> read_authorities(std::string_view pem);

/// `policy` may be empty.
Result<TimestampRequest> make_request(const Sha256& imprint, std::string_view policy,
                                      const Nonce& nonce);
Bytes encoded_request(const TS_REQ* request);

struct AnswerChecks {
  const std::vector<Certificate>& authorities;
  UtcMillis now;
  std::size_t room = 0;
};

/// The token in `response`, as DER, if it is granted for `request`: version, imprint, nonce, policy
/// and signature, by a certificate for timestamps alone that leads to one of the authorities.
Result<Bytes> token_in(ByteView response, TS_REQ* request, const AnswerChecks& checks);

}  // namespace refledger::seal
