// Checking Ed25519 signatures.
//
// Source   RFC 8032 §5.1.7, by libsodium, which refuses small-order points and S >= L
#pragma once

#include "ledger/core/bytes.h"

namespace refledger::keys {

bool signature_holds(const PublicKey& key, ByteView message, const Signature& signature);

/// A canonical point of the prime-order subgroup: only such a key may be enrolled.
bool is_enrollable(const PublicKey& key);

}  // namespace refledger::keys
