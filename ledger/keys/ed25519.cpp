#include "ledger/keys/ed25519.h"

#include <sodium.h>

#include <cstdlib>

namespace refledger::keys {
namespace {

void require_sodium() {
  if (sodium_init() < 0) std::abort();
}

}  // namespace

bool signature_holds(const PublicKey& key, ByteView message, const Signature& signature) {
  require_sodium();
  return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(),
                                     key.bytes.data()) == 0;
}

bool is_enrollable(const PublicKey& key) {
  require_sodium();
  return crypto_core_ed25519_is_valid_point(key.bytes.data()) == 1;
}

}  // namespace refledger::keys
