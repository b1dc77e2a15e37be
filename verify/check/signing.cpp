#include "verify/check/signing.h"

namespace refledger::verify {
namespace {

std::string_view value_of(const credential::Claims& claims, const char* name) {
  const auto found = claims.find(name);
  return found == claims.end() ? std::string_view() : std::string_view(found->second);
}

// A confirmation of employment that may be given in any form.
bool is_free_of_form(std::string_view type, std::string_view law) {
  return type == "confirmation" && law != "CH";
}

}  // namespace

bool is_weaker_than_written(const credential::Claims& claims) {
  const std::string_view type = value_of(claims, "reference_type");
  const std::string_view law = value_of(claims, "governing_law");
  const std::string_view mode = value_of(claims, "signing_mode");
  if (type.empty() || is_free_of_form(type, law)) return false;
  if (mode == "qualified") return law == "DE" && value_of(claims, "document_date") < "2025-01-01";
  return mode == "company-seal";
}

}  // namespace refledger::verify
