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
  // Whatever they are like, people can be watched, remembered and found again.
  ingest::KnownPeople known;
  ingest::Watch watch(
      known, {today, today, 0}, [](const ingest::Person&) { return 30u; },
      [](const ingest::Person&, const ingest::Observed& now) { return now.known.over; });
  for (const ingest::Person& person : people.people) watch.person(ingest::Person(person));
  if (watch.attended().size() > people.people.size()) std::abort();
  watch.settle(known);
  for (const unsigned shard : known.changed()) {
    ingest::KnownPeople again;
    if (!again.load_shard(shard, *known.shard_text(shard))) std::abort();
  }
  if (delivered.check() && delivered.nobody_has("hire_date")) std::abort();
  return 0;
}
