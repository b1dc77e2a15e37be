// A status token that is read has indexes within its list and an end after its beginning.
#include <cstdlib>

#include "ledger/credential/status_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const std::string_view text = text_of({data, size});
  const Result<credential::ParsedStatusToken> token = credential::parse_status_token(text);
  if (token && (token->list.lifetime.count() <= 0 ||
                (!token->list.withdrawn.empty() &&
                 *token->list.withdrawn.rbegin() >= credential::kStatusListLength))) {
    std::abort();
  }
  const Result<Bytes> bits = credential::decompress_status(text);
  if (bits && bits->size() > (1u << 20)) std::abort();
  return 0;
}
