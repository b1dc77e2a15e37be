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

struct DocumentKey::State {
  EvpKey key;
  SignerChain chain;
};

/// Checks that `certificates` are a chain as SignerChain says.
Result<SignerChain> chain_of(std::vector<Certificate> certificates);
/// Checks that `key` is the signer's.
Result<std::unique_ptr<DocumentKey::State>> key_with_chain(EvpKey key, SignerChain chain);
bool is_p256(const EVP_PKEY* key);

/// The attributes that are signed for a file with this digest: a DER SET OF under its own tag.
Bytes signed_attributes(const Sha256& digest, const SignerChain::State& chain);

/// ECDSA with SHA-256 over `message`: DER.
Result<Bytes> ecdsa(ByteView message, EVP_PKEY* key);
/// `signature`, which may be r | s, as DER if it is the signer's over `message`.
Result<Bytes> checked_signature(ByteView message, ByteView signature, X509* signer);

/// The whole CMS: DER, detached, one signer.  `token` may be empty.
Bytes signed_data(ByteView attributes, ByteView signature, ByteView token,
                  const SignerChain::State& chain);

}  // namespace refledger::seal
