// The control path: lets a test or a demonstration hire, terminate and rename people, and break
// things.  It is no part of Personio's API.
//
// Source   docs/personio-sandbox.md
#pragma once

#include "tools/personio-sandbox/world.h"

namespace refledger::sandbox {

http::Response answer_control(World& world, const http::Request& request);

namespace control {

http::Response done(Json body = Json::object());
http::Response failed(const Error& error);

/// An attribute by Personio's key, or by the name that orders may use instead.
std::string key_of(const std::string& name);

// Orders about people; each answers with the person's id.
http::Response hire(World& world, const Json& order);
http::Response terminate(World& world, const Json& order);
http::Response withdraw(World& world, const Json& order);
http::Response set(World& world, const Json& order);
http::Response rehire(World& world, const Json& order);
http::Response move(World& world, const Json& order);
http::Response remove(World& world, const Json& order);
http::Response absence(World& world, const Json& order);

http::Response list_people(const World& world);

}  // namespace control
}  // namespace refledger::sandbox
