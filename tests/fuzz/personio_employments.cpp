// A page of v2's employments from whatever bytes: an error, or a person that is somebody's.
#include <cstdlib>

#include "ingest/personio/v2_employments.h"
#include "ledger/core/bytes.h"

using namespace refledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ingest::personio;
  const Result<EmploymentsPage> page = parse_employments(text_of({data, size}));
  if (!page) return 0;
  const Date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{2}};
  const Employment* one = current(page->employments, today);
  if ((one == nullptr) != page->employments.empty()) std::abort();
  if (one == nullptr) return 0;
  const PersonRecord record{"1", {{"first_name", "Jana"}, {"last_name", "Muster"}}, {}};
  const Result<ingest::Person> person = to_person(record, *one, {}, UtcMillis{});
  if (person && (person->id != "1" || person->employment_id != one->id)) std::abort();
  return 0;
}
