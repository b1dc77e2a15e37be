// Personio's API v1: authentication, and which path is whose.
#include "tools/personio-sandbox/v1.h"

#include <algorithm>

namespace refledger::sandbox {
namespace v1 {
namespace {

using http::Request;

constexpr std::string_view kCompany = "/v1/company/";
constexpr std::string_view kEmployees = "employees";
constexpr std::size_t kMaxBody = std::size_t{16} * 1024;

struct Credentials {
  std::string id;
  std::string secret;
};

std::optional<Credentials> from_json(const std::string& body) {
  const Result<Json> parsed = parse_json(body, kMaxBody, "credentials");
  if (!parsed) return std::nullopt;
  const Result<std::string> id = string_member(*parsed, "client_id");
  const Result<std::string> secret = string_member(*parsed, "client_secret");
  if (!id || !secret) return std::nullopt;
  return Credentials{*id, *secret};
}

std::optional<Credentials> credentials_of(const Request& request) {
  if (request.header("content-type").starts_with("application/json"))
    return from_json(request.body);
  const auto id = http::form_value(request.body, "client_id");
  const auto secret = http::form_value(request.body, "client_secret");
  if (!id || !secret) return std::nullopt;
  return Credentials{*id, *secret};
}

std::string granted(const World& world) {
  std::string text;
  for (const std::string& scope : world.scopes) {
    if (scope.starts_with("personio:")) continue;
    text += (text.empty() ? "" : " ") + scope;
  }
  return text;
}

Reply authenticate(World& world, const Request& request) {
  if (request.method != "POST") return failure(405, "Method not allowed");
  if (!request.query.empty())
    return failure(403, "Credentials in the query string are not accepted");
  const std::optional<Credentials> given = credentials_of(request);
  if (!given) return failure(422, "client_id and client_secret are required", 422);
  if (given->id != world.client_id || given->secret != world.client_secret) {
    return failure(403, "Wrong credentials");
  }
  const Tokens::HandedOut made = world.tokens_v1.hand_out(world.now(), world.random);
  return success(
      {{"token", made.token}, {"expires_in", made.remaining.count()}, {"scope", granted(world)}});
}

std::optional<Reply> refuse(const World& world, const Request& request) {
  // Nothing may ever be written: the log keeps the attempt, the answer refuses it.
  if (request.method != "GET") return failure(405, "Method not allowed");
  switch (world.tokens_v1.check(bearer_of(request), world.now())) {
    case TokenState::valid:
      break;
    case TokenState::expired:
      return failure(401, "The token has expired");
    case TokenState::unknown:
      return failure(401, "The token is not valid");
  }
  const bool employees = request.path.starts_with(std::string(kCompany) + std::string(kEmployees));
  if (!world.scopes.contains(employees ? "employees:read" : "absences:read")) {
    return failure(403, "personio.core.api.exceptions.api.forbidden.http.exception");
  }
  return std::nullopt;
}

Reply read_company(const World& world, const Request& request) {
  const std::string_view rest = std::string_view(request.path).substr(kCompany.size());
  if (rest == kEmployees) return list_employees(world, request);
  if (rest == "time-off-types") return list_time_off_types(world);
  if (rest == "time-offs") return list_time_offs(world, request);
  if (rest == "absence-periods") return list_absence_periods(world, request);
  if (!rest.starts_with("employees/")) return failure(404, "Not found", 404);
  const std::string_view what = rest.substr(kEmployees.size() + 1);
  if (what == "attributes" || what == "custom-attributes") return list_attributes(world);
  return one_employee(world, request, what);
}

}  // namespace

Reply success(Json data) { return {200, {{"success", true}, {"data", std::move(data)}}}; }

Reply failure(unsigned status, std::string_view message, unsigned code) {
  return {status, {{"success", false}, {"error", {{"code", code}, {"message", message}}}}};
}

std::optional<std::uint64_t> number(std::string_view text) {
  const bool digits =
      !text.empty() && text.size() < 10 &&
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return std::nullopt;
  return std::stoull(std::string(text));
}

}  // namespace v1

Reply answer_v1(World& world, const http::Request& request) {
  if (request.path == "/v1/auth") return v1::authenticate(world, request);
  if (!request.path.starts_with(v1::kCompany)) return v1::failure(404, "Not found", 404);
  if (std::optional<Reply> refused = v1::refuse(world, request)) return *refused;
  Reply made = v1::read_company(world, request);
  made.headers.emplace_back("authorization", "Bearer " + std::string(bearer_of(request)));
  return made;
}

}  // namespace refledger::sandbox
