// Absences and their types of both versions from whatever bytes: periods lie within what was asked.
#include <cstdlib>

#include "ingest/personio/absence_list.h"
#include "ledger/core/bytes.h"

using namespace refledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ingest::personio;
  const std::string_view text = text_of({data, size});
  const Date from{std::chrono::year{2020}, std::chrono::month{1}, std::chrono::day{1}};
  const Date to{std::chrono::year{2026}, std::chrono::month{12}, std::chrono::day{31}};
  const Result<Categories> categories = parse_categories(text);
  for (const auto& page : {parse_v1_absences(text), parse_v2_absences(text)}) {
    if (!page) continue;
    const auto periods =
        to_periods(page->absences, categories ? *categories : Categories{}, "1", from, to);
    for (const ingest::AbsencePeriod& one : periods) {
      if (one.from < from || one.to > to || one.from > one.to) std::abort();
    }
  }
  return 0;
}
