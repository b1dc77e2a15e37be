// Ed25519 keys that sign.  The secret lives in guarded memory and never leaves this layer but
// sealed.
#pragma once

#include <memory>

#include "ledger/core/random.h"
#include "ledger/core/result.h"
#include "ledger/core/signer.h"
#include "ledger/sign/master_key.h"

namespace refledger::sign {

class Ed25519Key final : public Signer {
 public:
  static std::unique_ptr<Ed25519Key> generate(Random& random);
  /// From a 32-byte seed (RFC 8032 §5.1.5), e.g. a public test vector.
  static Result<std::unique_ptr<Ed25519Key>> from_seed(ByteView seed);
  /// Opens what seal() made; `purpose` must be the same.
  static Result<std::unique_ptr<Ed25519Key>> open(ByteView sealed, const MasterKey& master,
                                                  std::string_view purpose);

  ~Ed25519Key() override;
  PublicKey public_key() const override;
  Signature sign(ByteView message) const override;

  Bytes seal(const MasterKey& master, std::string_view purpose, Random& random) const;
  /// The seed in base64url, to be printed once on paper (recovery and root keys).
  std::string paper_form() const;

 private:
  struct Secret;
  explicit Ed25519Key(std::unique_ptr<Secret> secret);
  std::unique_ptr<Secret> secret_;
};

}  // namespace refledger::sign
