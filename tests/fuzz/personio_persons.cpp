// A page of v2's persons from whatever bytes: an error, or persons and a cursor fit for a query.
#include <cstdlib>

#include "ingest/personio/v2_persons.h"
#include "ingest/personio/value.h"
#include "ledger/core/bytes.h"

using namespace refledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ingest::personio;
  const std::string_view text = text_of({data, size});
  const Mapping mapping{{"country", "dynamic_2"}, {"birthdate", "date_of_birth"}};
  const Result<PersonsPage> page = parse_persons(text, mapping);
  if (page) {
    for (const PersonRecord& one : page->persons) {
      if (!is_id(one.id) || one.mapped.size() > mapping.size()) std::abort();
    }
    if (page->cursor && page->cursor->find_first_of(" \r\n&#\"") != std::string::npos) std::abort();
  }
  (void)parse_person(text, mapping);
  (void)parse_custom_attributes(text);
  return 0;
}
