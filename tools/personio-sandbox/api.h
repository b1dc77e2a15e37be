// Personio's API v1, as far as it is read: /v1/auth and /v1/company/employees...
//
// Source   developer.personio.de v1
#pragma once

#include "tools/personio-sandbox/world.h"

namespace refledger::sandbox {

http::Response answer_api(World& world, const http::Request& request);

}  // namespace refledger::sandbox
