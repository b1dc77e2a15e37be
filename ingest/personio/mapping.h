// Which attribute fills which reference field.
#pragma once

#include <map>
#include <string>

namespace refledger::ingest::personio {

/// Reference field to attribute key or universal id ("dynamic_24407", "date_of_birth").
using Mapping = std::map<std::string, std::string, std::less<>>;

}  // namespace refledger::ingest::personio
