// Personio's API v2: who may ask, and which path is whose.
#include "tools/personio-sandbox/v2.h"

#include "tools/personio-sandbox/draw.h"

namespace refledger::sandbox {
namespace v2 {
namespace {

using http::Request;

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const std::string_view segment = path.substr(0, path.find('/'));
    segments.push_back(segment);
    path.remove_prefix(segment.size());
  }
  return segments;
}

/// What the credential needs for a path; empty: there is no such path.
std::string_view scope_of(const std::vector<std::string_view>& at) {
  if (at[1] == "persons") {
    return at.size() > 3 ? "personio:employments:read" : "personio:persons:read";
  }
  if (at[1] == "legal-entities") return "personio:legal-entities:read";
  if (at[1] == "org-units") return "personio:org-units:read";
  if (at[1] == "absence-types" || at[1] == "absence-periods") return "personio:absences:read";
  if (at[1] == "webhooks") return "personio:webhooks:read";
  return {};
}

Reply unauthorized(const World& world) {
  return problem(world, 401, "Unauthorized", "The request is not authorized.",
                 "common.unauthorized");
}

std::optional<Reply> refuse(const World& world, const Request& request,
                            const std::vector<std::string_view>& at) {
  // Nothing may ever be written: the log keeps the attempt, the answer refuses it.
  if (request.method != "GET") {
    return problem(world, 405, "Method not allowed", "Only GET is answered here.",
                   "common.method_not_allowed");
  }
  if (world.tokens_v2.check(bearer_of(request), world.now()) != TokenState::valid) {
    return unauthorized(world);
  }
  const std::string_view scope = scope_of(at);
  if (scope.empty() || world.scopes.contains(std::string(scope))) return std::nullopt;
  // Users report 401 for persons and 403 elsewhere.
  if (at[1] == "persons") return unauthorized(world);
  return problem(world, 403, "Forbidden", "The credential lacks the scope.", "common.forbidden");
}

Reply read_persons(const World& world, const Request& request,
                   const std::vector<std::string_view>& at) {
  if (at.size() == 2) return list_persons(world, request);
  if (at.size() == 3) return one_person(world, at[2]);
  if (at[3] != "employments" || at.size() > 5) return not_found(world);
  if (at.size() == 4) return list_employments(world, request, at[2]);
  return one_employment(world, at[2], at[4]);
}

Reply read(const World& world, const Request& request, const std::vector<std::string_view>& at) {
  if (at[1] == "persons") return read_persons(world, request, at);
  if (at[1] == "absence-periods" && at.size() == 4 && at[3] == "breakdowns") {
    return absence_breakdowns(world, at[2]);
  }
  if (at[1] == "org-units" && at.size() == 3) return one_org_unit(world, request, at[2]);
  if (at.size() != 2) return not_found(world);
  if (at[1] == "legal-entities") return list_legal_entities(world, request);
  if (at[1] == "org-units") return list_org_units(world, request);
  if (at[1] == "absence-types") return list_absence_types(world, request);
  if (at[1] == "absence-periods") return list_absence_periods(world, request);
  if (at[1] == "webhooks") return list_webhooks(world, request);
  return not_found(world);
}

}  // namespace

std::string seconds_text(UtcMillis time) { return format_time(time).substr(0, 19) + "Z"; }

std::string employment_id(PersonId person, std::size_t number) {
  return uuid_of(IdOf::employment, person, number);
}

Reply problem(const World& world, unsigned status, std::string_view title, std::string_view detail,
              std::string_view type) {
  return {status,
          {{"personio_trace_id", "5ea0a1d0-0000-4000-8000-5ea0a1d05ea0"},
           {"timestamp", seconds_text(world.now())},
           {"errors",
            {{{"title", title},
              {"detail", detail},
              {"type", "https://developer.personio.de/reference/errors#" + std::string(type)},
              {"_meta", Json::object()}}}}},
          "application/problem+json"};
}

Reply not_found(const World& world) {
  return problem(world, 404, "Resource not found", "There is no resource for the specified id.",
                 "common.resource_not_found");
}

Reply bad_request(const World& world, std::string_view detail) {
  return problem(world, 400, "Bad request", detail, "common.bad_request");
}

}  // namespace v2

Reply answer_v2(World& world, const http::Request& request) {
  const std::vector<std::string_view> at = v2::segments_of(request.path);
  if (at.size() < 2) return v2::not_found(world);
  if (request.method == "POST" && request.path == "/v2/auth/token") {
    return v2::get_token(world, request);
  }
  if (request.method == "POST" && request.path == "/v2/auth/revoke") {
    return v2::revoke_token(world, request);
  }
  if (std::optional<Reply> refused = v2::refuse(world, request, at)) return *refused;
  return v2::read(world, request, at);
}

}  // namespace refledger::sandbox
