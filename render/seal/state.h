// What keys and chains hold, and the parts of a signature, for the files of this folder.
#pragma once

#include <vector>

#include "render/seal/openssl.h"
#include "render/seal/seal.h"

namespace refledger::seal {

struct SignerChain::State {
  std::vector<Certificate> certificates;  ///< the signer's first

  X509* signer() const { return certificates.front().get(); }
};

/// What signs: a key in memory, or one on a token.
class Hand {
 public:
  virtual ~Hand() = default;
  /// Over `message`, with SHA-256: ECDSA in DER or as r | s, or RSA by PKCS#1 v1.5.
  virtual Result<Bytes> sign(ByteView message) const = 0;
};

struct DocumentKey::State {
  EvpKey key;  ///< null where it is on a token
  std::unique_ptr<const Hand> token;
  SignerChain chain;
};

/// Checks that `certificates` are a chain as SignerChain says.
Result<SignerChain> chain_of(std::vector<Certificate> certificates);
/// Checks that `key` is the signer's.
Result<std::unique_ptr<DocumentKey::State>> key_with_chain(EvpKey key, SignerChain chain);

enum class KeyKind { p256, rsa, other };
/// What signs here: ECDSA on P-256, and RSA of 3,072 to 4,096 bits.
KeyKind kind_of(const EVP_PKEY* key);
inline constexpr std::string_view unfit_key = "neither ECDSA on P-256 nor RSA of 3072 to 4096 bits";

/// The attributes that are signed for a file with this digest: a DER SET OF under its own tag.
Bytes signed_attributes(const Sha256& digest, const SignerChain::State& chain);

/// Over `message`, with SHA-256: ECDSA in DER, or RSA by PKCS#1 v1.5.
Result<Bytes> signature_by(const DocumentKey::State& key, ByteView message);
/// `signature`, if it is the signer's over `message`; what came as r | s in DER.
Result<Bytes> checked_signature(ByteView message, ByteView signature, X509* signer);

/// What was signed, and the signature's value.
struct SignedParts {
  Bytes attributes;
  Bytes signature;
};
bool is_whole_cms(ByteView given);
/// Of a CMS that somebody else made over a file with this digest.
Result<SignedParts> parts_of(ByteView cms, const Sha256& digest, const SignerChain::State& chain);

/// The whole CMS: DER, detached, one signer.  `token` may be empty.
Bytes signed_data(ByteView attributes, ByteView signature, ByteView token,
                  const SignerChain::State& chain);

}  // namespace refledger::seal
