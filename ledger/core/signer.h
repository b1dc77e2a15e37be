// Something that signs with one Ed25519 key.  The secret stays behind it.
#pragma once

#include "ledger/core/bytes.h"

namespace refledger {

class Signer {
 public:
  virtual ~Signer() = default;
  virtual PublicKey public_key() const = 0;
  virtual Signature sign(ByteView message) const = 0;  ///< RFC 8032 Ed25519 (pure)
};

}  // namespace refledger
