// One page of employees from whatever bytes: an error or people, nobody lost, no value in a text.
#include <cstdlib>

#include "ingest/personio/employees.h"
#include "ingest/watch/watch.h"
#include "ledger/core/bytes.h"

using namespace refledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ingest::personio::Mapping mapping{{"private_email", "dynamic_1"},
                                          {"country", "dynamic_2"},
                                          {"language", "dynamic_3"},
                                          {"reference_wish", "dynamic_4"}};
  const Result<ingest::personio::Page> page = ingest::personio::parse_page(text_of({data, size}));
  if (!page) return 0;
  const Result<ingest::People> people =
      ingest::personio::to_people(page->employees, mapping, UtcMillis{});
  if (!people) return 0;
  if (people->people.size() + people->unusable.size() != page->employees.size()) std::abort();
  const Date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{2}};
  const std::size_t left = ingest::find_leavers(*people, today).size();
  const std::size_t unclear = ingest::find_unclear(*people, today).size();
  if (left + unclear > people->people.size()) std::abort();
  return 0;
}
