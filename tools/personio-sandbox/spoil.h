// Makes a good answer a bad one, as a planned fault says.
#pragma once

#include <string>

#include "tools/personio-sandbox/faults.h"
#include "tools/personio-sandbox/reply.h"

namespace refledger::sandbox {

/// Of a good answer to a request of that path and query.
void spoil(const PlannedFault& fault, const std::string& path, const std::string& query,
           Reply& reply);

}  // namespace refledger::sandbox
