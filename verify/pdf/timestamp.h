// A signature's timestamp: an authority's token that the signature existed at a time.
//
// Source   RFC 3161 §2.4.2 and appendix A, RFC 5280 §4.2.1.12 (timeStamping, critical and alone)
#pragma once

#include <optional>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/time.h"

namespace refledger::verify {

struct Timestamp {
  /// Known where the token's certificate leads to one of the authorities, all of them valid then.
  std::optional<UtcMillis> time;
};

/// Nothing if `token` is not a strict DER token over `signature` that its own certificate, one for
/// timestamps alone, signed.  `authorities`: certificates in DER.
std::optional<Timestamp> check_timestamp(ByteView token, ByteView signature,
                                         const std::vector<Bytes>& authorities);

/// Whether the certificates that a token carries beside its signer's, which its signature does not
/// cover, are among `known` (DER).
bool carries_only(ByteView token, const std::vector<ByteView>& known);

}  // namespace refledger::verify
