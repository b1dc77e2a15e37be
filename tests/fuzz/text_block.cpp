// A text of the issuer's own under its name: kept as it will be printed, or refused; what is kept
// is kept unchanged, and the checks read it.
#include <cstdlib>

#include "desk/case/usual.h"
#include "ledger/core/bytes.h"

using namespace refledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const desk::LetterRules rules = *desk::LetterRules::load(REFLEDGER_RULES);
  const std::string_view input = text_of(ByteView(data, size));
  const std::size_t half = input.find('=');
  const bool named = half != std::string_view::npos;
  const std::string name(named ? input.substr(0, half) : "closing.de");
  const std::string text(named ? input.substr(half + 1) : input);
  const Result<std::string> kept = desk::clean_block(name, text);
  if (!kept) return 0;
  const Result<std::string> again = desk::clean_block(name, *kept);
  if (!again || *again != *kept) std::abort();
  if (kept->size() > 400) return 0;
  for (const letter::Finding& one :
       desk::check_block(*desk::parse_block_name(name), *kept, rules)) {
    if (one.begin + one.length > kept->size()) std::abort();
  }
  return 0;
}
