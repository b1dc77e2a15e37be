// What is kept of the notices to HR: read or refused, and the same again.
#include <cstdlib>

#include "desk/case/notice_state.h"
#include "ledger/core/bytes.h"

using namespace refledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(ByteView(data, size));
  const Result<desk::NoticeState> state = desk::notice_state_from(text);
  if (!state) return 0;
  const Result<std::string> again = desk::to_text(*state);
  if (!again || *again != text) std::abort();
  return 0;
}
