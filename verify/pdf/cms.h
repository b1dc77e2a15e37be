// The signature itself: a CMS SignedData as render/seal writes it, and nothing wider.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "verify/pdf/timestamp.h"

namespace refledger::verify {

struct Signer {
  std::string common_name;
  Bytes certificate;  ///< DER
  std::optional<Timestamp> timestamp;
};

/// The signer, if `reserved` is a strict DER SignedData followed by zeros only, with one signer,
/// ECDSA P-256 or RSA (PKCS#1 v1.5), SHA-256, signing-certificate-v2 and no signing-time, at most
/// one timestamp, which holds, and it signs `before` and `after`, one behind the other.  Whether
/// the certificate is to be trusted is not asked here; whether the timestamp's is, by `authorities`
/// (DER).
std::optional<Signer> check_signature(ByteView reserved, ByteView before, ByteView after,
                                      const std::vector<Bytes>& authorities);

}  // namespace refledger::verify
