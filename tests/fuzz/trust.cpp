// A trust file that is read means the same when it is written again.
#include <cstdlib>

#include "ledger/format/trust.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const std::string_view text = text_of({data, size});
  const Result<format::Trust> trust = format::parse_trust(text);
  if (!trust) return 0;
  const Result<format::Trust> again = format::parse_trust(format::format_trust(*trust));
  if (!again || !(*again == *trust)) std::abort();
  return 0;
}
