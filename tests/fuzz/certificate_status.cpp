// Fuzz target: no answer of an OCSP responder and no revocation list crashes its reader; a list is
// taken only as its authority signed it, an answer only with its own responder.
#include <cstdint>
#include <cstdlib>

#include "render/seal/status.h"
#include "support/support.h"

namespace {

using namespace refledger;

seal::Certificate certificate(const char* name) {
  const std::string pem = test::vector_file(name);
  const seal::Bio bio = seal::reader_of(pem);
  return seal::Certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

struct World {
  seal::Certificate signer = certificate("seal/signer.pem");
  seal::Certificate issuing = certificate("seal/issuing.pem");
  seal::Certificate root = certificate("seal/root.pem");
  std::string answer = test::vector_file("seal/ocsp.der");
  std::string list = test::vector_file("seal/list.der");
  UtcMillis now = *parse_time("2026-11-23T08:00:00.000Z", "now");
  seal::Status status = *seal::good_by_answer(bytes_of(answer), signer.get(), issuing.get(), now);
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const World world;
  const ByteView given(data, size);
  const auto answer =
      seal::good_by_answer(given, world.signer.get(), world.issuing.get(), world.now);
  if (answer && answer->responder != world.status.responder) std::abort();
  const auto list = seal::good_by_list(given, world.issuing.get(), world.root.get(), world.now);
  if (list && text_of(given) != world.list) std::abort();
  return 0;
}
