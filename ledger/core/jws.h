// Compact JWS with Ed25519, and the thumbprint that names a key.
//
// Shape    base64url(header) "." base64url(payload) "." base64url(signature)
// Source   RFC 7515 §7.1; RFC 8037 §3.1 (alg EdDSA); RFC 7638 and RFC 8037 A.3 (thumbprint)
#pragma once

#include <string>
#include <string_view>

#include "ledger/core/bytes.h"
#include "ledger/core/json.h"
#include "ledger/core/result.h"
#include "ledger/core/signer.h"

namespace refledger {

struct Jws {
  Json header;
  std::string payload;        ///< decoded
  std::string signing_input;  ///< the ASCII bytes the signature is over
  Signature signature;
};

/// The header is exactly {"alg":"EdDSA","kid":THUMBPRINT of the signer's key,"typ":`typ`}.
std::string sign_jws(std::string_view typ, std::string_view payload, const Signer& signer);

/// Splits and decodes; checks no signature.  malformed unless three strict base64url parts, a
/// canonical JSON header with exactly alg "EdDSA", kid and typ == `typ`, and 64 signature bytes.
Result<Jws> split_jws(std::string_view compact, std::string_view typ);

/// base64url SHA-256 of {"crv":"Ed25519","kty":"OKP","x":"..."}.
std::string thumbprint(const PublicKey& key);

}  // namespace refledger
