// The signature itself: a CMS SignedData as render/seal writes it, and nothing wider.
#pragma once

#include <optional>
#include <string>

#include "ledger/core/bytes.h"

namespace refledger::verify {

struct Signer {
  std::string common_name;
  Bytes certificate;  ///< DER
};

/// The signer, if `reserved` is a strict DER SignedData followed by zeros only, with one signer,
/// ECDSA P-256, SHA-256, signing-certificate-v2 and no signing-time, and it signs `before` and
/// `after`, one behind the other.  Whether the certificate is to be trusted is not asked here.
std::optional<Signer> check_signature(ByteView reserved, ByteView before, ByteView after);

}  // namespace refledger::verify
