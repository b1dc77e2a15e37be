// An SD-JWT that is read is written again alike, and claims come only from its disclosures.
#include <cstdlib>

#include "ledger/credential/credential.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const std::string_view text = text_of({data, size});
  const Result<credential::Credential> read = credential::parse_sd_jwt(text);
  if (!read) return 0;
  if (credential::format_sd_jwt(*read) != text) std::abort();
  const Result<credential::ParsedCredential> parsed = credential::parse_credential(*read);
  if (parsed && parsed->claims.size() != read->disclosures.size()) std::abort();
  return 0;
}
