// A signer's chain: every certificate is signed by the next and the last by itself, or the signer's
// stands alone.
#include <openssl/core_names.h>
#include <openssl/err.h>

#include "render/seal/state.h"

namespace refledger::seal {
namespace {

constexpr std::size_t max_pem = 64 * 1024;
constexpr std::size_t max_chain = 8;

Error not_a_chain() {
  return openssl_error(Fault::malformed, "certificate chain: not one to eight PEM certificates");
}

// No prompt on a terminal for what is encrypted: it is refused.
int no_passphrase(char*, int, int, void*) { return -1; }

bool is_p256(const EVP_PKEY* key) {
  char group[32] = {};
  std::size_t length = 0;
  if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group,
                                     &length) != 1) {
    return false;
  }
  return std::string_view(group, length) == "prime256v1";
}

Result<void> check_signer(X509* signer) {
  if (kind_of(X509_get0_pubkey(signer)) == KeyKind::other) {
    return openssl_error(Fault::malformed,
                         "certificate chain: the first is for " + std::string(unfit_key));
  }
  if ((X509_get_key_usage(signer) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0) {
    return openssl_error(Fault::malformed, "certificate chain: the first may not sign");
  }
  return {};
}

Result<void> check_links(const std::vector<Certificate>& chain) {
  for (std::size_t at = 0; at + 1 < chain.size(); ++at) {
    EVP_PKEY* above = X509_get0_pubkey(chain[at + 1].get());
    if (above == nullptr || X509_verify(chain[at].get(), above) != 1) {
      return openssl_error(Fault::malformed, "certificate chain: one is not signed by the next");
    }
  }
  // The signature covers the first certificate only; the last must vouch for itself, or a reader
  // could not tell that it is unaltered.
  X509* top = chain.back().get();
  if (chain.size() > 1 && X509_verify(top, X509_get0_pubkey(top)) != 1) {
    return openssl_error(Fault::malformed, "certificate chain: does not end with a root");
  }
  return {};
}

}  // namespace

// Of RSA, what is as strong as P-256, and no larger than what readers take.
KeyKind kind_of(const EVP_PKEY* key) {
  if (key == nullptr) return KeyKind::other;
  const int base = EVP_PKEY_get_base_id(key);
  if (base == EVP_PKEY_EC && is_p256(key)) return KeyKind::p256;
  const int bits = EVP_PKEY_get_bits(key);
  return base == EVP_PKEY_RSA && bits >= 3072 && bits <= 4096 ? KeyKind::rsa : KeyKind::other;
}

Result<SignerChain> chain_of(std::vector<Certificate> certificates) {
  if (certificates.empty() || certificates.size() > max_chain) return not_a_chain();
  if (auto sound = check_signer(certificates.front().get()); !sound) return sound.error();
  if (auto linked = check_links(certificates); !linked) return linked.error();
  ERR_clear_error();
  return SignerChain(
      std::make_unique<SignerChain::State>(SignerChain::State{std::move(certificates)}));
}

SignerChain::SignerChain(std::unique_ptr<State> state) : state_(std::move(state)) {}
SignerChain::SignerChain(SignerChain&&) noexcept = default;
SignerChain& SignerChain::operator=(SignerChain&&) noexcept = default;
SignerChain::~SignerChain() = default;

Result<SignerChain> SignerChain::from_pem(std::string_view pem) {
  ERR_clear_error();
  if (pem.size() > max_pem) return Error{Fault::malformed, "certificate chain: too long"};
  const Bio bio = reader_of(pem);
  std::vector<Certificate> chain;
  while (chain.size() <= max_chain) {
    Certificate next(PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr));
    if (!next) break;
    chain.push_back(std::move(next));
  }
  // The reader ends with "no start line"; anything else is a damaged certificate.
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (!at_end) return not_a_chain();
  ERR_clear_error();
  return chain_of(std::move(chain));
}

Result<SignerChain> SignerChain::from_der(const std::vector<Bytes>& certificates) {
  ERR_clear_error();
  std::vector<Certificate> chain;
  for (const Bytes& der : certificates) {
    if (der.size() > max_pem || chain.size() == max_chain) return not_a_chain();
    const unsigned char* at = der.data();
    Certificate next(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!next || at != der.data() + der.size()) {
      return openssl_error(Fault::malformed, "certificate chain: one is not DER");
    }
    chain.push_back(std::move(next));
  }
  return chain_of(std::move(chain));
}

std::string SignerChain::pem() const {
  std::string text;
  for (const Certificate& one : state_->certificates) text += pem_of(one.get());
  return text;
}

}  // namespace refledger::seal
