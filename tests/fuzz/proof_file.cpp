// A proof file that is read is written again alike.
#include <cstdlib>

#include "ledger/format/proof_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const std::string_view text = text_of({data, size});
  const Result<format::ProofFile> file = format::parse_proof_file(text);
  if (file && format::format_proof_file(*file) != text) std::abort();
  return 0;
}
