// A kept sheet, and what a form changes in it: read or refused, and the same again.
#include <cstdlib>

#include "desk/case/sheet_order.h"
#include "ledger/core/bytes.h"

using namespace refledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(ByteView(data, size));
  Result<desk::Sheet> sheet = desk::sheet_from(text);
  if (sheet) {
    if (desk::to_text(*sheet).has_value() && *desk::to_text(*sheet) != text) std::abort();
    for (std::uint64_t version = 0; version <= std::min<std::uint64_t>(sheet->version, 8);
         ++version) {
      if (desk::fields_at(*sheet, version).has_value()) (void)desk::restore(*sheet, version, {});
    }
    (void)desk::order_text(*sheet, "case", {});
  }
  desk::Sheet empty;
  const std::size_t half = text.find('=');
  if (half == std::string_view::npos) return 0;
  const std::string name(text.substr(0, half));
  const Result<desk::Saved> saved =
      desk::save(empty, 0, {{name, std::string(text.substr(half + 1))}}, {});
  if (!saved) return 0;
  (void)desk::order_text(empty, "case", {});
  const Result<std::string> kept = desk::to_text(empty);
  if (!kept || !desk::sheet_from(*kept) || !(*desk::sheet_from(*kept) == empty)) std::abort();
  return 0;
}
