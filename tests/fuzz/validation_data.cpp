// Fuzz target: no validation data in a file crashes its reader, whatever stands where certificates,
// answers and lists should; and what is needed is not replaced by what nobody signed.
#include <cstdint>
#include <cstdlib>

#include "ledger/core/encoding.h"
#include "support/support.h"
#include "verify/pdf/validation.h"

namespace {

using namespace refledger;

Bytes der(const char* name) {
  const std::string pem = test::vector_file(name);
  std::string base64;
  const std::size_t begin = pem.find('\n', pem.find("-----BEGIN"));
  for (const char c : pem.substr(begin, pem.rfind("-----END") - begin)) {
    if (c != '\n') base64 += c;
  }
  return *from_base64(base64, name);
}

struct World {
  Bytes signer = der("seal/signer.pem");
  Bytes issuing = der("seal/issuing.pem");
  Bytes root = der("seal/root.pem");
  std::string answer = test::vector_file("seal/ocsp.der");
  std::string list = test::vector_file("seal/list.der");

  verify::ValidationTexts texts() const {
    return {{bytes_of(list)}, {signer, issuing, root}, {bytes_of(answer)}};
  }
};

bool is_sound(const verify::ValidationTexts& texts, const World& world) {
  return verify::is_sound(texts, {world.signer});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const World world;
  static const bool seeds_hold = is_sound(world.texts(), world);
  if (!seeds_hold) std::abort();
  const ByteView given(data, size);
  verify::ValidationTexts with_list = world.texts();
  with_list.lists = {given};
  if (is_sound(with_list, world) && text_of(given) != world.list) std::abort();
  verify::ValidationTexts with_answer = world.texts();
  with_answer.answers = {given};
  is_sound(with_answer, world);
  verify::ValidationTexts with_certificate = world.texts();
  with_certificate.certificates.push_back(given);
  is_sound(with_certificate, world);
  return 0;
}
