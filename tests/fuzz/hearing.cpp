// A kept hearing, and what a person's form adds to it: read or refused, and the same again.
#include "desk/case/hearing.h"

#include <cstdlib>

#include "ledger/core/bytes.h"

using namespace refledger;

namespace {

void written_back(const desk::Hearing& hearing, std::string_view wanted) {
  const Result<std::string> text = desk::to_text(hearing);
  if (!text || (!wanted.empty() && *text != wanted)) std::abort();
  const Result<desk::Hearing> again = desk::hearing_from(*text);
  if (!again || !(*again == hearing)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(ByteView(data, size));
  if (const Result<desk::Hearing> hearing = desk::hearing_from(text)) written_back(*hearing, text);
  desk::Hearing said;
  if (desk::say(said, std::string(text), UtcMillis{})) written_back(said, "");
  return 0;
}
