// A receipt that is read is written again alike.
#include <cstdlib>

#include "ledger/format/receipt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const std::string_view text = text_of({data, size});
  const Result<format::Receipt> receipt = format::parse_receipt(text);
  if (receipt && format::format_receipt(*receipt) != text) std::abort();
  return 0;
}
