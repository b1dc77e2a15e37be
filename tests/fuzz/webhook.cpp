// A webhook's body from whatever bytes: an error, or ids that are plain numbers.
#include <cstdlib>

#include "desk/web/webhook.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const Result<std::vector<std::string>> people = web::people_in_webhook(text_of({data, size}));
  if (!people) return 0;
  for (const std::string& id : *people) {
    const bool plain = id.find_first_not_of("0123456789") == std::string::npos;
    if (id.empty() || id.size() > 64 || !plain) std::abort();
  }
  return 0;
}
