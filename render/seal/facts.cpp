// What a signer's certificates say of themselves.
#include "render/seal/state.h"
#include "render/seal/status.h"

namespace refledger::seal {
namespace {

std::string name_in(const X509* certificate) {
  const X509_NAME* name = X509_get_subject_name(certificate);
  for (const int kind : {NID_commonName, NID_organizationName}) {
    const int at = X509_NAME_get_index_by_NID(name, kind, -1);
    if (at < 0) continue;
    unsigned char* raw = nullptr;
    const int length =
        ASN1_STRING_to_UTF8(&raw, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (length < 0) continue;
    std::string text(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length));
    OPENSSL_free(raw);
    return text;
  }
  return {};
}

std::string key_in(const X509* certificate) {
  const EVP_PKEY* key = X509_get0_pubkey(certificate);
  if (key == nullptr) return {};
  const std::string bits = std::to_string(EVP_PKEY_get_bits(key));
  return (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA ? "RSA " : "ECDSA ") + bits;
}

Date last_day_of(const X509* certificate) {
  std::tm at{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &at) != 1) return {};
  return Date(std::chrono::year(at.tm_year + 1900),
              std::chrono::month(static_cast<unsigned>(at.tm_mon + 1)),
              std::chrono::day(static_cast<unsigned>(at.tm_mday)));
}

}  // namespace

std::vector<CertificateFacts> facts_of(const SignerChain& chain) {
  std::vector<CertificateFacts> facts;
  for (const Certificate& one : chain.state().certificates) {
    X509* certificate = one.get();
    const bool is_root = X509_check_issued(certificate, certificate) == X509_V_OK;
    facts.push_back({name_in(certificate), key_in(certificate), last_day_of(certificate), is_root,
                     tells_status(certificate)});
  }
  return facts;
}

}  // namespace refledger::seal
