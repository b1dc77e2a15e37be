#include "ledger/sign/ed25519_key.h"

#include <sodium.h>

#include <cstdlib>

#include "ledger/core/encoding.h"
#include "ledger/sign/guarded.h"

namespace refledger::sign {
namespace {

constexpr std::size_t kSeedBytes = crypto_sign_SEEDBYTES;

void require(bool held) {
  if (!held) std::abort();  // libsodium fails here only if it is broken
}

}  // namespace

struct Ed25519Key::Secret {
  Guarded expanded{crypto_sign_SECRETKEYBYTES};  // seed | public key
  PublicKey public_key;

  explicit Secret(const Guarded& seed) {
    require(crypto_sign_seed_keypair(public_key.bytes.data(), expanded.data(), seed.data()) == 0);
  }
  ByteView seed() const { return expanded.view().first(kSeedBytes); }
};

Ed25519Key::Ed25519Key(std::unique_ptr<Secret> secret) : secret_(std::move(secret)) {}
Ed25519Key::~Ed25519Key() = default;

std::unique_ptr<Ed25519Key> Ed25519Key::generate(Random& random) {
  Guarded seed(kSeedBytes);
  random.fill(seed.bytes());
  return std::unique_ptr<Ed25519Key>(new Ed25519Key(std::make_unique<Secret>(seed)));
}

Result<std::unique_ptr<Ed25519Key>> Ed25519Key::from_seed(ByteView seed) {
  if (seed.size() != kSeedBytes) return Error{Fault::malformed, "Ed25519 seed: wrong length"};
  Guarded guarded(kSeedBytes);
  std::copy(seed.begin(), seed.end(), guarded.data());
  return std::unique_ptr<Ed25519Key>(new Ed25519Key(std::make_unique<Secret>(guarded)));
}

Result<std::unique_ptr<Ed25519Key>> Ed25519Key::open(ByteView sealed, const MasterKey& master,
                                                     std::string_view purpose) {
  Result<Bytes> seed = master.open(sealed, purpose);
  if (!seed) return seed.error();
  Result<std::unique_ptr<Ed25519Key>> key = from_seed(*seed);
  wipe(*seed);
  return key;
}

PublicKey Ed25519Key::public_key() const { return secret_->public_key; }

Signature Ed25519Key::sign(ByteView message) const {
  Signature signature;
  require(crypto_sign_detached(signature.bytes.data(), nullptr, message.data(), message.size(),
                               secret_->expanded.data()) == 0);
  return signature;
}

Bytes Ed25519Key::seal(const MasterKey& master, std::string_view purpose, Random& random) const {
  return master.seal(secret_->seed(), purpose, random);
}

std::string Ed25519Key::paper_form() const { return to_base64url(secret_->seed()); }

}  // namespace refledger::sign
