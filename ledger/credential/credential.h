// The reference's claims as an SD-JWT VC: an issuer-signed JWT that holds only salted digests, and
// the disclosures that say what was digested.
//
// Shape    header {"alg":"EdDSA","kid":THUMBPRINT,"typ":"dc+sd-jwt"}; payload with exactly _sd,
//          _sd_alg, iss, status, vct; every claim a flat disclosure [salt, name, value]
// Units    At most 64 KiB as text.
// Errors   malformed (every rule of RFC 9901 §7.1, and the claims being the ones we know)
// Source   RFC 9901; draft-ietf-oauth-sd-jwt-vc; docs/format/credential.md
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/random.h"
#include "ledger/core/result.h"
#include "ledger/core/signer.h"

namespace refledger::credential {

constexpr std::size_t kMaxSdJwt = std::size_t{1} << 16;

/// Claim name to text.  Known names: given_name family_name birthdate employer position department
/// employed_from employed_to workload reference_type governing_law document_date language
/// signing_mode text.
using Claims = std::map<std::string, std::string>;

struct StatusIndex {
  std::uint64_t idx = 0;
  std::string uri;  ///< https://HOST/status/N
  friend bool operator==(const StatusIndex&, const StatusIndex&) = default;
};

struct Credential {
  std::string jwt;                       ///< without any ~
  std::vector<std::string> disclosures;  ///< base64url texts, in the order of the claims' names
};

/// What the issuer-signed JWT says by itself: no claim is in the clear.
struct ParsedJwt {
  std::string iss;
  std::string kid;
  std::string vct;
  StatusIndex status;
  std::vector<std::string> digests;  ///< `_sd`: base64url SHA-256, ascending
  std::string signing_input;
  Signature signature;
};

struct ParsedCredential : ParsedJwt {
  Claims claims;
};

/// Fails only on an unknown or missing claim, text that is not UTF-8, a control character that
/// hides (ledger/core/text.h; line feeds may stand in `text`), or more than 64 KiB.
Result<Credential> make_credential(const Claims& claims, const std::string& iss,
                                   const std::string& vct, const StatusIndex& status,
                                   const Signer& issuer, Random& random);

/// Everything but the signature and the disclosures.
Result<ParsedJwt> parse_jwt(std::string_view jwt);

/// Checks everything but the signature.  What parse_jwt accepts and this does not has a disclosure
/// that was added, dropped or altered.
Result<ParsedCredential> parse_credential(const Credential& credential);

/// `<jwt>~<disclosure>~...~` as attached to the PDF, and back.
std::string format_sd_jwt(const Credential& credential);
Result<Credential> parse_sd_jwt(std::string_view text);

/// `cred` of the entry.
CredentialHash hash_credential(const Credential& credential);

/// A member `workload`, `birthdate` or `department` may be absent; all others must be there.
bool is_optional_claim(std::string_view name);

}  // namespace refledger::credential
