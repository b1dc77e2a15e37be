// OpenSSL's handles with an owner, and its error queue emptied into an Error.
#pragma once

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/sign/guarded.h"

namespace refledger::seal {

template <auto free>
struct Freer {
  template <class T>
  void operator()(T* handle) const {
    free(handle);
  }
};

using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using EvpKey = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using EvpDigestContext = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Freer<ECDSA_SIG_free>>;
using BigNumber = std::unique_ptr<BIGNUM, Freer<BN_free>>;

/// Drains OpenSSL's queue, so that an old failure is never read as a new one.  Its texts are not
/// repeated: they may quote key material.
Error openssl_error(Fault fault, std::string detail);

/// A read-only BIO over `text`, which outlives it.
Bio reader_of(std::string_view text);

std::string pem_of(const X509* certificate);
sign::GuardedText pem_of(const EVP_PKEY* key);  ///< PKCS#8, not encrypted

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

}  // namespace refledger::seal
