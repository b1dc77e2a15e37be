// The answers about sources as text for a terminal.
#pragma once

#include <string>

#include "ledger/core/json.h"

namespace refledger::tools {

std::string sources_table(const Json& accounts);
/// Item by item, in `language` (de, fr, it or en).
std::string report_table(const Json& report, const std::string& language);
std::string attributes_table(const Json& attributes);
std::string what_table(const Json& asked, const std::string& language);
std::string company_table(const Json& company);
std::string mapping_table(const Json& answer);

}  // namespace refledger::tools
