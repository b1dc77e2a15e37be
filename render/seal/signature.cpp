// The signature's value, over SHA-256: by a key that is here, or taken from a signer elsewhere.
//
// RSA signs by PKCS#1 v1.5: some readers (mutool) take no PSS.
//
// Source   RFC 3279 §2.2.3 (ECDSA's DER), RFC 8017 §8.2 (RSASSA-PKCS1-v1_5), PKCS#11 §6.3.1 (r | s)
#include <openssl/err.h>

#include "render/seal/state.h"

namespace refledger::seal {
namespace {

constexpr std::size_t coordinate = 32;

bool holds(ByteView message, ByteView der, EVP_PKEY* key) {
  const EvpDigestContext context(EVP_MD_CTX_new());
  const bool good =
      context &&
      EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key, nullptr) ==
          1 &&
      EVP_DigestVerify(context.get(), der.data(), der.size(), message.data(), message.size()) == 1;
  ERR_clear_error();
  return good;
}

// OpenSSL takes a signature only in its DER, so what holds is DER already.
Bytes der_of_raw(ByteView raw) {
  const EcdsaSignature signature(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(raw.data(), coordinate, nullptr);
  BIGNUM* s = BN_bin2bn(raw.data() + coordinate, coordinate, nullptr);
  if (!signature || r == nullptr || s == nullptr || ECDSA_SIG_set0(signature.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return {};
  }
  return encoded(i2d_ECDSA_SIG, signature.get());
}

Result<Bytes> made_here(EVP_PKEY* key, ByteView message) {
  const EvpDigestContext context(EVP_MD_CTX_new());
  std::size_t length = 0;
  if (!context ||
      EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key, nullptr) !=
          1 ||
      EVP_DigestSign(context.get(), nullptr, &length, message.data(), message.size()) != 1) {
    return openssl_error(Fault::malformed, "document key: cannot sign");
  }
  Bytes signature(length);
  if (EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) !=
      1) {
    return openssl_error(Fault::malformed, "document key: cannot sign");
  }
  signature.resize(length);
  return signature;
}

}  // namespace

Result<Bytes> signature_by(const DocumentKey::State& key, ByteView message) {
  if (key.key) return made_here(key.key.get(), message);
  const Result<Bytes> signature = key.token->sign(message);
  if (!signature) return signature.error();
  // Its form varies, and a token may fail: what it made is held against the certificate.
  if (auto checked = checked_signature(message, *signature, key.chain.state().signer())) {
    return checked;
  }
  return Error{Fault::upstream, "document key: token: its signature does not hold"};
}

Result<Bytes> checked_signature(ByteView message, ByteView signature, X509* signer) {
  EVP_PKEY* key = X509_get0_pubkey(signer);
  if (holds(message, signature, key)) return copy_of(signature);
  if (kind_of(key) == KeyKind::p256 && signature.size() == 2 * coordinate) {
    Bytes der = der_of_raw(signature);
    if (holds(message, der, key)) return der;
  }
  return Error{Fault::malformed, "signature: not by this certificate's key over what was prepared"};
}

}  // namespace refledger::seal
