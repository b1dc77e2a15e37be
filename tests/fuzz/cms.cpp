// Fuzz target: no bytes in a signature's place crash its reader, and none make another signer or
// another time of what two seeds say.
#include <cstdint>
#include <cstdlib>

#include "ledger/core/encoding.h"
#include "support/support.h"
#include "verify/pdf/cms.h"

namespace {

using namespace refledger;

constexpr std::string_view before = "before the gap ";
constexpr std::string_view after = " after the gap";

const std::vector<Bytes>& authorities() {
  static const std::vector<Bytes> read = [] {
    std::string base64;
    const std::string pem = test::vector_file("seal/tsa-root.pem");
    const std::size_t begin = pem.find('\n');
    for (const char c : pem.substr(begin, pem.rfind("-----END") - begin)) {
      if (c != '\n') base64 += c;
    }
    return std::vector<Bytes>{*from_base64(base64, "root")};
  }();
  return read;
}

std::optional<verify::Signer> read(ByteView reserved) {
  return verify::check_signature(reserved, bytes_of(before), bytes_of(after), authorities());
}

const verify::Signer& stamped() {
  static const verify::Signer signer = *read(bytes_of(test::vector_file("seal/signature-t.der")));
  return signer;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::optional<verify::Signer> signer = read(ByteView(data, size));
  if (!signer) return 0;
  if (signer->certificate != stamped().certificate) std::abort();
  if (signer->timestamp && signer->timestamp->time &&
      signer->timestamp->time != stamped().timestamp->time) {
    std::abort();
  }
  return 0;
}
