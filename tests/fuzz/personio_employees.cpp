// One page of v1's employees from whatever bytes: an error or people, nobody lost.
#include <cstdlib>

#include "ingest/personio/v1_employees.h"
#include "ingest/personio/v1_person.h"
#include "ingest/watch/watch.h"
#include "ledger/core/bytes.h"

using namespace refledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ingest::personio;
  const Mapping mapping{{"private_email", "dynamic_1"},
                        {"country", "dynamic_2"},
                        {"language", "dynamic_3"},
                        {"reference_wish", "dynamic_4"}};
  const Result<Page> page = parse_page(text_of({data, size}));
  if (!page) return 0;
  Delivered delivered(mapping);
  ingest::People people;
  for (const Employee& employee : page->employees) {
    delivered.take(employee);
    Result<ingest::Person> person = to_person(employee, mapping, UtcMillis{});
    if (person && person->id != employee.id) std::abort();
    if (person) people.people.push_back(*std::move(person));
  }
  const Date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{2}};
  const std::size_t left = ingest::find_leavers(people, today).size();
  const std::size_t unclear = ingest::find_unclear(people, today).size();
  if (left + unclear > people.people.size()) std::abort();
  if (delivered.check() && delivered.nobody_has("hire_date")) std::abort();
  return 0;
}
