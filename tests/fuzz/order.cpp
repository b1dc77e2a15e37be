// Fuzz target: an order is read or refused; what is read can be written as facts and a reference,
// or refused.
#include <cstdlib>

#include "desk/case/order.h"
#include "support/support.h"

namespace {

using namespace refledger;

Result<desk::Order> read(ByteView text) { return desk::parse_order(text_of(text)); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string seed = test::vector_file("order/every-member.json");
  static const bool seed_is_read = read(bytes_of(seed)).has_value();
  if (!seed_is_read) std::abort();
  const Result<desk::Order> order = read({data, size});
  if (!order) return 0;
  desk::Facts facts = desk::facts_of(*order, {}, desk::IssuerSettings{}, UtcMillis{});
  facts["document_date"] = {"2026-11-02", {}};
  (void)desk::reference_of(*order, facts).has_value();
  return 0;
}
