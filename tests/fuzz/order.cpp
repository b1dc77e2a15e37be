// An order is read or refused; what is read can be written as facts and a reference, or refused.
#include "desk/case/order.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const Result<desk::Order> order = desk::parse_order(text_of({data, size}));
  if (!order) return 0;
  desk::Facts facts = desk::facts_of(*order, {}, desk::IssuerSettings{}, UtcMillis{});
  facts["document_date"] = {"2026-11-02", {}};
  (void)desk::reference_of(*order, facts).has_value();
  return 0;
}
