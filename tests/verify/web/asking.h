// Asking the endpoint in a test.
#pragma once

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"
#include "world.h"

namespace refledger::web {

using test::World;

inline http::Response ask(const World& world, const std::string& target,
                          std::map<std::string, std::string> headers = {},
                          const std::string& method = "GET") {
  http::Request request;
  const std::size_t mark = target.find('?');
  request.method = method;
  request.path = target.substr(0, mark);
  request.query = mark == std::string::npos ? "" : target.substr(mark + 1);
  request.headers = std::move(headers);
  return world.endpoint().answer(request);
}

inline std::string header(const http::Response& response, std::string_view name) {
  for (const auto& [each, value] : response.headers()) {
    if (each == name) return value;
  }
  return {};
}

inline Json json_of(const http::Response& response) {
  Result<Json> json = parse_json(response.body(), 1 << 22, "answer");
  EXPECT_TRUE(json) << response.body();
  return json ? *json : Json();
}

inline Json ask_json(const World& world, const std::string& target) {
  return json_of(ask(world, target, {{"accept", "application/json"}}));
}

inline std::string path_of(const test::Holding& holding) {
  return "/v/" + format::format_id(holding.id);
}
inline std::string doc_of(const test::Holding& holding) {
  return to_hex(sha256(bytes_of(holding.pdf)));
}

constexpr const char* kUnknownId = "00000000000000000000000000";

}  // namespace refledger::web
