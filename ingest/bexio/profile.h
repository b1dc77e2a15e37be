// bexio's answer to "company profile", as the Company it tells.
//
// Shape    An array of one object, or the object.  Types are taken leniently (a postcode as text or
//          number, null and "" alike), meanings strictly: what a field holds must be what its name
//          says, or it goes to Company::unusable.
// Errors   malformed: not JSON, not one object, or without any name
// Source   docs.bexio.com, company_profile; eCH-0097 (the UID and its check digit); docs/ingest.md
#pragma once

#include <span>
#include <string_view>

#include "ingest/source/company.h"

namespace refledger::ingest::bexio {

constexpr std::size_t kMaxProfileBytes = 4u << 20;  ///< of the answer, which holds the logo
constexpr std::size_t kMaxLogoBytes = 1u << 20;

/// What is taken from the profile; the rest of the answer is not looked at.
struct ProfileField {
  const char* key;    ///< bexio's
  const char* field;  ///< of company_fields(), or "logo"
  Wording purpose;
};
std::span<const ProfileField> profile_fields();

Result<Company> parse_profile(std::string_view body, UtcMillis read_at);

/// "CHE-123.456.788" from any usual way to write it.  Of a number that does not begin with CHE
/// only the characters are checked.
Result<std::string> to_uid(std::string_view text);

/// The same with what may follow it: MWST, TVA or IVA.
Result<std::string> to_vat(std::string_view text);

}  // namespace refledger::ingest::bexio
