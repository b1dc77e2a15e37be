// What a DocumentKey holds, for the files of this folder.
#pragma once

#include <vector>

#include "render/seal/openssl.h"
#include "render/seal/seal.h"

namespace refledger::seal {

struct DocumentKey::State {
  EvpKey key;
  std::vector<Certificate> chain;  ///< the signer's first
};

/// The CMS SignedData over a file whose SHA-256 is `digest`: DER, detached, one signer.
Result<Bytes> sign_cms(ByteView digest, const DocumentKey::State& signer);

}  // namespace refledger::seal
