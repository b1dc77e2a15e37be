// A login's answer of either version from whatever bytes: an error or a token fit for a header.
#include <cstdlib>

#include "ingest/personio/token.h"
#include "ledger/core/bytes.h"

using namespace refledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ingest::personio;
  for (const auto& token :
       {parse_v1_token(text_of({data, size})), parse_v2_token(text_of({data, size}))}) {
    if (!token) continue;
    if (token->text.empty() || token->life < std::chrono::seconds{0}) std::abort();
    for (const char c : token->text) {
      if (c <= ' ' || c >= 0x7f) std::abort();
    }
  }
  return 0;
}
