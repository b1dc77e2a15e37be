// A closing that is read is written again alike, alone and in a list.
#include "ledger/format/closing.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const std::string_view text = text_of({data, size});
  const Result<format::Closing> closing = format::parse_closing(text);
  if (closing && format::format_closing(*closing) != text) std::abort();
  const Result<format::Note> note = format::parse_note(text);
  if (note) {
    const Result<format::Closing> inside = format::parse_closing(note->text);
    if (inside && format::format_closing(*inside) != note->text) std::abort();
  }
  const Result<std::vector<std::string>> notes = format::parse_closings(text);
  if (notes && format::format_closings(*notes) != text) std::abort();
  return 0;
}
