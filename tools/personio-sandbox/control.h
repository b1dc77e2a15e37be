// The control path: lets a test or a demonstration hire, terminate and rename people, and break
// things.  It is no part of Personio's API.
//
// Source   docs/personio-sandbox.md
#pragma once

#include "tools/personio-sandbox/world.h"

namespace refledger::sandbox {

http::Response answer_control(World& world, const http::Request& request);

}  // namespace refledger::sandbox
