// OpenSSL's handles with an owner.
#pragma once

#include <openssl/bio.h>
#include <openssl/x509.h>

#include <memory>

#include "ledger/core/bytes.h"

namespace refledger::verify {

template <auto free>
struct Freer {
  template <class T>
  void operator()(T* handle) const {
    free(handle);
  }
};

inline void free_stack(STACK_OF(X509) * stack) { sk_X509_free(stack); }

using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using Signers = std::unique_ptr<STACK_OF(X509), Freer<free_stack>>;  ///< owns none of them

/// Runs one of OpenSSL's i2d functions.
template <class T, class Encode>
Bytes encoded(Encode encode, const T* value) {
  unsigned char* raw = nullptr;
  const int length = encode(value, &raw);
  if (length <= 0) return {};
  Bytes out(raw, raw + length);
  OPENSSL_free(raw);
  return out;
}

}  // namespace refledger::verify
