// Who the letters are from: the settings' values beside what other systems tell about the company,
// and which of them is printed.
//
// Shape    Fields: name, address (lines, separated by line feeds), uid, vat, register_number, logo
//          (described, not held).  The settings are a source like any other, named "settings".
// Order    letterhead_of() works with what the accounts told last and asks nobody.
// Source   docs/operations.md
#pragma once

#include <span>

#include "desk/accounts/accounts.h"
#include "ingest/source/choice.h"
#include "tools/refledger/settings.h"

namespace refledger::tools {

inline constexpr std::string_view kSettingsSource = "settings";

std::span<const std::string_view> letterhead_fields();

struct Letterhead {
  desk::IssuerSettings issuer;  ///< with what was chosen
  ingest::Candidates candidates;
  std::map<std::string, ingest::Chosen, std::less<>> chosen;
  /// What could not be taken as chosen, as "logo: …", and what HR should look at.
  std::vector<std::string> remarks;
};

Result<Letterhead> letterhead_of(const Settings& settings, const accounts::Accounts& accounts);

/// The same from companies by account; pure.
Letterhead make_letterhead(const Settings& settings,
                           const std::map<std::string, ingest::Company>& companies);

}  // namespace refledger::tools
