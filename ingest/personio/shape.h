// What a value looks like, without telling it.
#pragma once

#include <string>

#include "ledger/core/json.h"

namespace refledger::ingest::personio {

/// "date", "e-mail address", "number", "text, 12 characters", "list"; empty for an empty value.
std::string shape_of(const Json& value);

}  // namespace refledger::ingest::personio
