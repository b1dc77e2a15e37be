// Makes a good answer a bad one, as a planned fault says.
#pragma once

#include <map>
#include <string>

#include "tools/personio-sandbox/faults.h"
#include "tools/personio-sandbox/reply.h"

namespace refledger::sandbox {

/// What was answered last on each path that has no id in it.
using EarlierAnswers = std::map<std::string, Json>;

/// `path` and `query` are the request's.  Remembers the answer as it would have been.
void spoil(const PlannedFault* fault, const std::string& path, const std::string& query,
           EarlierAnswers& earlier, Reply& reply);

}  // namespace refledger::sandbox
