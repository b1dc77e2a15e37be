// Whatever parses as an entry says what a writer could have written.
#include <cstdlib>

#include "ledger/format/entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const std::string_view text = text_of({data, size});
  const Result<format::Entry> entry = format::parse_entry(text);
  if (entry && (entry->jws != text || !format::check_act(entry->act, entry->log))) std::abort();
  return 0;
}
