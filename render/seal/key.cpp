// Reading a document key: what is accepted is ECDSA on P-256 with a chain in which every
// certificate is signed by the next and the last by itself, or with the signer's certificate alone.
#include <openssl/core_names.h>
#include <openssl/err.h>

#include "render/seal/state.h"

namespace refledger::seal {
namespace {

constexpr std::size_t max_pem = 64 * 1024;
constexpr std::size_t max_chain = 8;

// No prompt on a terminal for an encrypted key: it is refused.
int no_passphrase(char*, int, int, void*) { return -1; }

bool is_p256(const EVP_PKEY* key) {
  if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return false;
  char group[32] = {};
  std::size_t length = 0;
  if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group,
                                     &length) != 1) {
    return false;
  }
  return std::string_view(group, length) == "prime256v1";
}

Result<EvpKey> read_key(std::string_view pem) {
  if (pem.size() > max_pem) return Error{Fault::malformed, "document key: too long"};
  const Bio bio = reader_of(pem);
  EvpKey key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
  if (!key) {
    return openssl_error(Fault::malformed,
                         "document key: not a PEM private key without passphrase");
  }
  if (!is_p256(key.get())) {
    return openssl_error(Fault::malformed, "document key: not ECDSA on P-256");
  }
  return key;
}

Result<std::vector<Certificate>> read_chain(std::string_view pem) {
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
  if (chain.empty() || !at_end || chain.size() > max_chain) {
    return openssl_error(Fault::malformed, "certificate chain: not one to eight PEM certificates");
  }
  ERR_clear_error();
  return chain;
}

Result<void> check_chain(const EvpKey& key, const std::vector<Certificate>& chain) {
  if (X509_check_private_key(chain.front().get(), key.get()) != 1) {
    return openssl_error(Fault::malformed, "certificate chain: the first is not for this key");
  }
  const std::uint32_t usage = X509_get_key_usage(chain.front().get());
  if ((usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0) {
    return openssl_error(Fault::malformed, "certificate chain: the first may not sign");
  }
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

DocumentKey::DocumentKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
DocumentKey::DocumentKey(DocumentKey&&) noexcept = default;
DocumentKey& DocumentKey::operator=(DocumentKey&&) noexcept = default;
DocumentKey::~DocumentKey() = default;

Result<DocumentKey> DocumentKey::from_pem(std::string_view private_key, std::string_view chain) {
  ERR_clear_error();
  Result<EvpKey> key = read_key(private_key);
  if (!key) return key.error();
  Result<std::vector<Certificate>> certificates = read_chain(chain);
  if (!certificates) return certificates.error();
  if (auto checked = check_chain(*key, *certificates); !checked) return checked.error();
  auto state = std::make_unique<State>(State{std::move(*key), std::move(*certificates)});
  return DocumentKey(std::move(state));
}

}  // namespace refledger::seal
