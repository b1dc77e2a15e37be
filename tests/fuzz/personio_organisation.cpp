// Names of departments and legal entities from whatever bytes.
#include <cstdlib>

#include "ingest/personio/v2_organisation.h"
#include "ledger/core/bytes.h"
#include "ledger/core/text.h"

using namespace refledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ingest::personio;
  const std::string_view text = text_of({data, size});
  const Result<std::string> unit = parse_org_unit(text);
  if (unit && !is_one_line(*unit)) std::abort();
  const Result<NamesPage> page = parse_legal_entities(text);
  if (!page) return 0;
  for (const auto& [id, name] : page->names) {
    if (id.empty() || !is_one_line(name)) std::abort();
  }
  return 0;
}
