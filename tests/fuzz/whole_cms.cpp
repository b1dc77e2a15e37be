// Fuzz target: no CMS that comes from a signer elsewhere crashes its reader, and what is taken of
// one makes a signature that our own reader takes.
#include <openssl/cms.h>

#include <cstdint>
#include <cstdlib>

#include "ledger/core/encoding.h"
#include "render/seal/openssl.h"
#include "render/seal/seal.h"
#include "support/support.h"
#include "verify/pdf/cms.h"

namespace {

using namespace refledger;

constexpr std::string_view before = "before the gap ";
constexpr std::string_view after = " after the gap";
constexpr std::size_t reserve = 4096;

// The chain of the seeds' signer, as it came with the signature.
seal::SignerChain chain_in(const std::string& cms) {
  const auto* at = reinterpret_cast<const unsigned char*>(cms.data());
  CMS_ContentInfo* read = d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(cms.size()));
  STACK_OF(X509)* carried = CMS_get1_certs(read);
  std::vector<Bytes> certificates;
  for (int each = 0; each < sk_X509_num(carried); ++each) {
    X509* one = sk_X509_value(carried, each);
    // The root signs itself; the signer's certificate comes first.
    const bool root = X509_check_issued(one, one) == X509_V_OK;
    certificates.insert(root ? certificates.end() : certificates.begin(),
                        seal::encoded(i2d_X509, one));
  }
  sk_X509_pop_free(carried, X509_free);
  CMS_ContentInfo_free(read);
  return *seal::SignerChain::from_der(certificates);
}

struct World {
  std::string seed = test::vector_file("seal/signature-b.der");
  seal::SignerChain chain = chain_in(seed);
  Bytes file = copy_of(bytes_of(std::string(before) + "<" + std::string(2 * reserve, '0') + ">" +
                                std::string(after)));
  std::size_t begin = before.size();
  std::size_t end = before.size() + 2 * reserve + 2;
  seal::ToBeSigned asked = *seal::prepare(file, begin, end, chain);

  Result<Bytes> assembled(ByteView given) const {
    return seal::assemble(file, begin, end, asked, given, chain);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const World world;
  static const bool seed_is_taken = world.assembled(bytes_of(world.seed)).has_value();
  if (!seed_is_taken) std::abort();
  const Result<Bytes> made = world.assembled({data, size});
  if (!made) return 0;
  const ByteView hex = ByteView(*made).subspan(world.begin + 1, 2 * reserve);
  const Bytes cms = *from_hex(text_of(hex), "signature");
  if (!verify::check_signature(cms, bytes_of(before), bytes_of(after), {})) std::abort();
  return 0;
}
