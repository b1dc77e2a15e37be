// The reason of a refusal from whatever bytes: short, plain, and without digits or addresses.
#include <cstdlib>

#include "ingest/personio/refusal.h"
#include "ledger/core/bytes.h"

using namespace refledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string reason = ingest::personio::refusal_in(text_of({data, size}));
  if (reason.size() > 250) std::abort();
  if (reason.find_first_of("0123456789@\"'\r\n") != std::string::npos) std::abort();
  return 0;
}
