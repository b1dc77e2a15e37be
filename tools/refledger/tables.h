// The desk's answers as text for a terminal.
#pragma once

#include <string>

#include "ledger/core/json.h"

namespace refledger::tools {

std::string sync_table(const Json& report);
std::string cases_table(const Json& cases);
/// Whom the HR system told of in a way that cannot be used; nothing where there is nobody.
std::string reading_table(const Json& reading);
std::string withdrawn_table(const Json& answer);

}  // namespace refledger::tools
