// A document key in PEM, and what it shares with one from PKCS#12.
#include <openssl/err.h>

#include "render/seal/state.h"

namespace refledger::seal {
namespace {

constexpr std::size_t max_pem = 64 * 1024;

// No prompt on a terminal for an encrypted key: it is refused.
int no_passphrase(char*, int, int, void*) { return -1; }

Result<EvpKey> read_key(std::string_view pem) {
  if (pem.size() > max_pem) return Error{Fault::malformed, "document key: too long"};
  const Bio bio = reader_of(pem);
  EvpKey key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
  if (!key) {
    return openssl_error(Fault::malformed,
                         "document key: not a PEM private key without passphrase");
  }
  if (kind_of(key.get()) == KeyKind::other) {
    return openssl_error(Fault::malformed, "document key: " + std::string(unfit_key));
  }
  return key;
}

}  // namespace

Result<std::unique_ptr<DocumentKey::State>> key_with_chain(EvpKey key, SignerChain chain) {
  if (X509_check_private_key(chain.state().signer(), key.get()) != 1) {
    return openssl_error(Fault::malformed, "certificate chain: the first is not for this key");
  }
  return std::make_unique<DocumentKey::State>(
      DocumentKey::State{std::move(key), nullptr, std::move(chain)});
}

DocumentKey::DocumentKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
DocumentKey::DocumentKey(DocumentKey&&) noexcept = default;
DocumentKey& DocumentKey::operator=(DocumentKey&&) noexcept = default;
DocumentKey::~DocumentKey() = default;

const SignerChain& DocumentKey::chain() const { return state_->chain; }
sign::GuardedText DocumentKey::pem() const {
  return state_->key ? pem_of(state_->key.get()) : sign::GuardedText();
}

Result<DocumentKey> DocumentKey::from_pem(std::string_view private_key, std::string_view chain) {
  ERR_clear_error();
  Result<EvpKey> key = read_key(private_key);
  if (!key) return key.error();
  Result<SignerChain> certificates = SignerChain::from_pem(chain);
  if (!certificates) return certificates.error();
  Result<std::unique_ptr<State>> state = key_with_chain(*std::move(key), *std::move(certificates));
  if (!state) return state.error();
  return DocumentKey(*std::move(state));
}

}  // namespace refledger::seal
