// Keys, chains and prepared bytes for the tests of this folder.
#pragma once

#include <openssl/cms.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <memory>

#include "ledger/core/encoding.h"
#include "render/seal/seal.h"
#include "support/support.h"

namespace refledger::seal {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* handle) const {
    free(handle);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using X509Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Cms = std::unique_ptr<CMS_ContentInfo, Free<CMS_ContentInfo_free>>;

inline std::string pem_text(const Key& key, const char* passphrase = nullptr) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PKCS8PrivateKey(bio, key.get(), passphrase != nullptr ? EVP_aes_128_cbc() : nullptr,
                                passphrase, passphrase != nullptr ? 4 : 0, nullptr, nullptr);
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio, &data);
  std::string pem(data, static_cast<std::size_t>(length));
  BIO_free(bio);
  return pem;
}

inline Key key_of(std::string_view pem) {
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  Key key(PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr));
  BIO_free(bio);
  return key;
}

inline X509* certificate_of(const std::string& pem) {
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  return certificate;
}

inline UtcMillis now() { return *parse_time("2026-11-02T08:00:00.000Z", "now"); }

inline const DemonstrationCa& demonstration() {
  static const DemonstrationCa made = *make_demonstration_ca("Nordlicht Instrumente AG", now());
  return made;
}

inline DocumentKey document_key() {
  return *DocumentKey::from_pem(demonstration().key_pem, demonstration().chain_pem);
}

template <class T>
std::string refusal_of(const Result<T>& made) {
  return made ? "accepted" : std::string(name_of(made.error().fault)) + ": " + made.error().detail;
}

constexpr std::string_view before = "before the gap ";
constexpr std::string_view after = " after the gap";

inline Bytes prepared(std::size_t reserve) {
  return copy_of(bytes_of(std::string(before) + "<" + std::string(2 * reserve, '0') + ">" +
                          std::string(after)));
}
inline std::size_t gap_end(std::size_t reserve) { return before.size() + 2 + 2 * reserve; }

/// The CMS out of a signed file.
inline Bytes cms_of(const Bytes& file, std::size_t reserve) {
  return *from_hex(text_of(ByteView(file).subspan(before.size() + 1, 2 * reserve)), "cms");
}

inline Cms parsed(const Bytes& der) {
  const unsigned char* at = der.data();
  return Cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
}

template <class T, class Encode>
std::string der_of(Encode encode, T* value) {
  unsigned char* raw = nullptr;
  const int length = encode(value, &raw);
  std::string der(raw, raw + length);
  OPENSSL_free(raw);
  return der;
}

/// The answer with the authority's certificate replaced by another one for the same key.
inline std::string with_certificate(const std::string& answer, const std::string& pem) {
  const auto* at = reinterpret_cast<const unsigned char*>(answer.data());
  const std::unique_ptr<TS_RESP, Free<TS_RESP_free>> response(
      d2i_TS_RESP(nullptr, &at, static_cast<long>(answer.size())));
  PKCS7_SIGNED* token = TS_RESP_get_token(response.get())->d.sign;
  sk_X509_pop_free(token->cert, X509_free);
  token->cert = sk_X509_new_null();
  sk_X509_push(token->cert, certificate_of(pem));
  return der_of(i2d_TS_RESP, response.get());
}

/// OpenSSL's own CAdES check, with the demonstration root as the only trusted one.
inline bool openssl_accepts(CMS_ContentInfo* cms, std::string content) {
  X509_STORE* store = X509_STORE_new();
  const X509Certificate root(certificate_of(demonstration().root_pem));
  X509_STORE_add_cert(store, root.get());
  X509_VERIFY_PARAM* parameters = X509_STORE_get0_param(store);
  X509_VERIFY_PARAM_set_time(parameters, now().time_since_epoch().count() / 1000 + 60);
  X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY);
  BIO* data = BIO_new_mem_buf(content.data(), static_cast<int>(content.size()));
  const bool good =
      CMS_verify(cms, nullptr, store, data, nullptr, CMS_BINARY | CMS_DETACHED | CMS_CADES) == 1;
  BIO_free(data);
  X509_STORE_free(store);
  return good;
}

}  // namespace refledger::seal
