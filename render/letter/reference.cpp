#include "render/letter/reference.h"

#include <cstdlib>

namespace refledger::letter {

const char* name_of(SigningMode mode) {
  switch (mode) {
    case SigningMode::company_seal:
      return "company-seal";
    case SigningMode::qualified:
      return "qualified";
    case SigningMode::by_hand:
      return "by-hand";
  }
  std::abort();
}

Result<SigningMode> parse_signing_mode(std::string_view name) {
  for (const SigningMode mode :
       {SigningMode::company_seal, SigningMode::qualified, SigningMode::by_hand}) {
    if (name == name_of(mode)) return mode;
  }
  return Error{Fault::malformed, "signing_mode: none of company-seal, qualified, by-hand"};
}

}  // namespace refledger::letter
