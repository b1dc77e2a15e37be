// A link that is read comes back from both of its forms; a typed code from its own.
#include <cstdlib>

#include "ledger/format/link.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const std::string_view text = text_of({data, size});
  if (const Result<format::Link> link = format::parse_link(text)) {
    for (const std::string& form : {format::format_link(*link), format::format_qr_text(*link)}) {
      const Result<format::Link> again = format::parse_link(form);
      if (!again || again->base != link->base || again->id != link->id ||
          again->secret != link->secret) {
        std::abort();
      }
    }
  }
  const Result<Bytes> typed = format::parse_typed(text);
  if (typed && format::parse_typed(format::format_typed(*typed)).has_value() == false) std::abort();
  return 0;
}
