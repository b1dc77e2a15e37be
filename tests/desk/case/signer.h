// Somebody who signs elsewhere, with a key that the desk does not have.
#pragma once

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <string_view>

#include "ledger/core/bytes.h"
#include "ledger/core/hash.h"

namespace refledger::desk {

/// DER, as a token or a remote signing service gives it.
inline Bytes sign_elsewhere(std::string_view key_pem, const Sha256& digest) {
  BIO* in = BIO_new_mem_buf(key_pem.data(), static_cast<int>(key_pem.size()));
  EVP_PKEY* key = PEM_read_bio_PrivateKey(in, nullptr, nullptr, nullptr);
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(key, nullptr);
  Bytes der(128);
  std::size_t length = der.size();
  EXPECT_EQ(EVP_PKEY_sign_init(context), 1);
  EXPECT_EQ(EVP_PKEY_sign(context, der.data(), &length, digest.data(), digest.size()), 1);
  der.resize(length);
  EVP_PKEY_CTX_free(context);
  EVP_PKEY_free(key);
  BIO_free(in);
  return der;
}

}  // namespace refledger::desk
