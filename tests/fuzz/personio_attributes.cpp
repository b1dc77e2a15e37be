// A list of attributes from whatever bytes: keys that may stand in an address, labels of one line.
#include <cstdlib>

#include "ingest/personio/v1_attributes.h"
#include "ledger/core/bytes.h"
#include "ledger/core/text.h"

using namespace refledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto all = ingest::personio::parse_attributes(text_of({data, size}));
  if (!all) return 0;
  for (const ingest::Attribute& one : *all) {
    if (!ingest::personio::is_attribute_key(one.key) || !is_one_line(one.label)) std::abort();
  }
  return 0;
}
