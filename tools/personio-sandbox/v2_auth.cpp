// Tokens of Personio's API v2.
//
// Source   developer.personio.de v2: auth/token, auth/revoke; RFC 6749 §4.4, RFC 7009
#include "tools/personio-sandbox/v2.h"

namespace refledger::sandbox::v2 {
namespace {

using http::Request;

constexpr std::string_view kForm = "application/x-www-form-urlencoded";

Reply refused(const World& world, std::string_view error, std::string_view description,
              Json meta = Json::object()) {
  const std::string uri =
      "https://developer.personio.de/reference/errors#credentials.oauth2." + std::string(error);
  return {400,
          {{"error", error},
           {"error_description", description},
           {"error_uri", uri},
           {"timestamp", seconds_text(world.now())},
           {"trace_id", "5ea0a1d0-0000-4000-8000-5ea0a1d05ea0"},
           {"meta", std::move(meta)}},
          "application/problem+json"};
}

bool is_form(const Request& request) { return request.header("content-type").starts_with(kForm); }

std::string granted(const World& world) {
  std::string text;
  for (const std::string& scope : world.scopes) {
    if (!scope.starts_with("personio:")) continue;
    text += (text.empty() ? "" : " ") + scope;
  }
  return text;
}

/// Whether each of the blank-separated `wanted` is granted.
bool grants(const World& world, std::string_view wanted) {
  while (!wanted.empty()) {
    const std::string_view one = wanted.substr(0, wanted.find(' '));
    if (!one.empty() && !world.scopes.contains(std::string(one))) return false;
    wanted.remove_prefix(std::min(one.size() + 1, wanted.size()));
  }
  return true;
}

std::optional<Reply> refuse(const World& world, const Request& request) {
  if (!is_form(request)) {
    return refused(
        world, "invalid_request",
        "The content type of the request must be \"application/x-www-form-urlencoded\".");
  }
  Json missing = Json::array();
  for (const char* name : {"grant_type", "client_id", "client_secret"}) {
    if (!http::form_value(request.body, name)) missing.push_back(name);
  }
  if (!missing.empty()) {
    return refused(world, "invalid_request",
                   "The request has missing or invalid required parameters.",
                   {{"missing_parameters", missing}});
  }
  if (*http::form_value(request.body, "grant_type") != "client_credentials") {
    return refused(world, "unsupported_grant_type",
                   "The requested authorization grant type is not supported by the server.");
  }
  if (*http::form_value(request.body, "client_id") != world.client_id ||
      *http::form_value(request.body, "client_secret") != world.client_secret) {
    return refused(world, "invalid_client", "Client authentication failed.");
  }
  if (!grants(world, http::form_value(request.body, "scope").value_or(""))) {
    return refused(world, "invalid_scope", "One of the requested scopes is invalid.");
  }
  return std::nullopt;
}

}  // namespace

Reply get_token(World& world, const Request& request) {
  if (std::optional<Reply> refusal = refuse(world, request)) return *refusal;
  const Tokens::HandedOut made = world.tokens_v2.hand_out(world.now(), world.random);
  return {200,
          {{"access_token", made.token},
           {"token_type", "Bearer"},
           {"expires_in", made.remaining.count()},
           {"scope", granted(world)}}};
}

Reply revoke_token(World& world, const Request& request) {
  const auto token = http::form_value(request.body, "token");
  if (!is_form(request) || !token) {
    return refused(world, "invalid_request",
                   "The request has missing or invalid required parameters.");
  }
  if (world.tokens_v2.check(*token, world.now()) == TokenState::valid) world.tokens_v2.revoke();
  return {200, nullptr};
}

}  // namespace refledger::sandbox::v2
