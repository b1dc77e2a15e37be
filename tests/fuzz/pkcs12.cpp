// Fuzz target: no PKCS#12 file crashes its reader or keeps it busy, and none gives another key than
// the one that was put in.
#include <cstdint>
#include <cstdlib>

#include "render/seal/seal.h"
#include "support/support.h"

namespace {

using namespace refledger;

// Under this passphrase the seed opens.
constexpr std::string_view passphrase = "word";

const std::string& only_key() {
  static const std::string pem{std::string_view(
      seal::DocumentKey::from_pkcs12(bytes_of(test::vector_file("seal/key.p12")), passphrase)
          ->pem())};
  return pem;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<seal::DocumentKey> key =
      seal::DocumentKey::from_pkcs12(ByteView(data, size), passphrase);
  if (key && std::string_view(key->pem()) != only_key()) std::abort();
  return 0;
}
