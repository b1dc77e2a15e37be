// A company profile from whatever bytes: an error, or a company whose fields are one line each.
#include <algorithm>
#include <cstdlib>

#include "ingest/bexio/profile.h"
#include "ledger/core/text.h"

using namespace refledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  for (const Result<std::string>& number :
       {ingest::bexio::to_uid(text), ingest::bexio::to_vat(text)}) {
    if (number && (number->size() > 40 || !is_one_line(*number))) std::abort();
  }
  const Result<ingest::Company> company = ingest::bexio::parse_profile(text, UtcMillis{});
  if (!company) return 0;
  if (company->field("name") == nullptr) std::abort();
  for (const auto& [field, value] : company->fields) {
    if (value.value.empty() || value.value.size() > 401 || !is_one_line(value.value)) std::abort();
  }
  if (company->logo &&
      ingest::sniff_image(company->logo->value.bytes) != company->logo->value.type) {
    std::abort();
  }
  return 0;
}
