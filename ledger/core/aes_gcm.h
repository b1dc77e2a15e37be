// AES-256-GCM in one piece.
//
// Shape    nonce(12, random) | ciphertext | tag(16)
// Order    One key seals few messages: nonces are random, so no more than 2^32 under one key.
// Errors   refused: another key, another `bound_to`, or altered
// Source   NIST SP 800-38D
#pragma once

#include <string_view>

#include "ledger/core/bytes.h"
#include "ledger/core/random.h"
#include "ledger/core/result.h"

namespace refledger {

constexpr std::size_t kAesGcmKey = 32;
constexpr std::size_t kAesGcmNonce = 12;
constexpr std::size_t kAesGcmTag = 16;

/// `key` has 32 bytes.  `bound_to` is authenticated, not stored: open() has to be told the same.
Bytes seal_aes_gcm(ByteView key, ByteView bound_to, ByteView plain, Random& random);
Result<Bytes> open_aes_gcm(ByteView key, ByteView bound_to, ByteView sealed, std::string_view what);

}  // namespace refledger
