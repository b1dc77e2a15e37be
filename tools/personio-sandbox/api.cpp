// Personio's API v1, as far as it is read.
#include "tools/personio-sandbox/api.h"

#include <algorithm>
#include <optional>

#include "tools/personio-sandbox/catalogue.h"
#include "tools/personio-sandbox/render.h"

namespace refledger::sandbox {
namespace {

using http::Request;
using http::Response;

constexpr std::string_view kAuth = "/v1/auth";
constexpr std::string_view kEmployees = "/v1/company/employees";
constexpr std::size_t kMaxBody = std::size_t{16} * 1024;
constexpr std::uint64_t kMaxLimit = 100;
constexpr std::uint64_t kDefaultLimit = 50;

/// `code` is 0 for most errors, whatever the status.
Response failure(unsigned status, const char* message, unsigned code = 0) {
  return json_answer(status,
                     {{"success", false}, {"error", {{"code", code}, {"message", message}}}});
}

// The text of the API's own specification, its last blank included.
Response no_such_person() { return failure(404, "Es ist ein Problem aufgetreten ", 404); }

Response success(Json data) {
  return json_answer(200, {{"success", true}, {"data", std::move(data)}});
}

// ---- authentication -----------------------------------------------------------------------------

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

Response authenticate(World& world, const Request& request) {
  if (request.method != "POST") return failure(405, "Method not allowed");
  if (!request.query.empty())
    return failure(403, "Credentials in the query string are not accepted");
  const std::optional<Credentials> given = credentials_of(request);
  if (!given) return failure(422, "client_id and client_secret are required", 422);
  if (given->id != world.client_id || given->secret != world.client_secret) {
    return failure(403, "Wrong credentials");
  }
  const Tokens::HandedOut made = world.tokens.hand_out(world.clock.now(), world.random);
  return success(
      {{"token", made.token}, {"expires_in", made.remaining.count()}, {"scope", "employees:read"}});
}

std::string_view bearer_of(const Request& request) {
  static constexpr std::string_view kScheme = "Bearer ";
  const std::string_view value = request.header("authorization");
  return value.starts_with(kScheme) ? value.substr(kScheme.size()) : std::string_view();
}

std::optional<Response> refuse_token(const World& world, const Request& request) {
  switch (world.tokens.check(bearer_of(request), world.clock.now())) {
    case TokenState::valid:
      return std::nullopt;
    case TokenState::expired:
      return failure(401, "The token has expired");
    case TokenState::unknown:
      return failure(401, "The token is not valid");
  }
  return failure(401, "The token is not valid");
}

// ---- employees ----------------------------------------------------------------------------------

struct ListQuery {
  std::uint64_t limit = kDefaultLimit;
  std::uint64_t offset = 0;
  std::string email;
  std::optional<UtcMillis> updated_since;
};

std::optional<std::uint64_t> number(const std::string& text) {
  const bool digits =
      !text.empty() && text.size() < 10 &&
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return std::nullopt;
  return std::stoull(text);
}

Result<void> read_parameter(const LocalTime& local, const std::string& name,
                            const std::string& value, ListQuery& query) {
  if (name == "limit") {
    const auto limit = number(value);
    if (!limit || *limit < 1 || *limit > kMaxLimit) {
      return Error{Fault::out_of_range, "The limit must be between 1 and 100."};
    }
    query.limit = *limit;
  } else if (name == "offset") {
    const auto offset = number(value);
    if (!offset) return Error{Fault::out_of_range, "The offset must be a non-negative integer."};
    query.offset = *offset;
  } else if (name == "email") {
    query.email = value;
  } else if (name == "updated_since") {
    const Result<UtcMillis> since = local.parse(value);
    if (!since) return Error{Fault::malformed, "The updated since is not a valid date."};
    query.updated_since = *since;
  }
  return {};  // Anything else is ignored, as the API does.
}

Result<ListQuery> parse_query(const World& world, const Request& request) {
  const auto pairs = http::form_pairs(request.query);
  if (!pairs) return Error{Fault::malformed, "The query is malformed."};
  ListQuery query;
  for (const auto& [name, value] : *pairs) {
    if (Result<void> read = read_parameter(world.local, name, value, query); !read) {
      return read.error();
    }
  }
  return query;
}

std::set<std::string> shown_attributes(const World& world, const Request& request) {
  const std::set<std::string> asked = asked_attributes(request);
  if (asked.empty()) return world.permitted;
  std::set<std::string> shown;
  std::set_intersection(asked.begin(), asked.end(), world.permitted.begin(), world.permitted.end(),
                        std::inserter(shown, shown.end()));
  return shown;
}

/// With attributes[], only a change of one of those counts.
bool changed_since(const Employee& employee, UtcMillis since, const std::set<std::string>& asked) {
  return std::any_of(employee.changed.begin(), employee.changed.end(), [&](const auto& change) {
    return change.second > since && (asked.empty() || asked.contains(change.first));
  });
}

std::vector<const Employee*> matching(const World& world, const ListQuery& query,
                                      const std::set<std::string>& asked) {
  std::vector<const Employee*> found;
  for (const auto& [id, employee] : world.company.people()) {
    if (query.updated_since) {
      if (!changed_since(employee, *query.updated_since, asked)) continue;
    } else if (!query.email.empty() && employee.text("email") != query.email) {
      continue;
    }
    found.push_back(&employee);
  }
  return found;
}

Json page_of(const World& world, const std::vector<const Employee*>& found, const ListQuery& query,
             const std::set<std::string>& shown) {
  Json data = Json::array();
  const std::uint64_t end = std::min<std::uint64_t>(found.size(), query.offset + query.limit);
  for (std::uint64_t at = query.offset; at < end; ++at) {
    data.push_back(
        employee_json(world.company, *found.at(at), shown, world.local, world.utc_today()));
  }
  return data;
}

void spoil(std::optional<FaultKind> fault, Json& body) {
  Json& data = body["data"];
  if (fault == FaultKind::changed_total) {
    body["metadata"]["total_elements"] =
        body["metadata"]["total_elements"].get<std::uint64_t>() + 1;
  }
  if (data.empty()) return;
  if (fault == FaultKind::duplicate) data.push_back(Json(data.front()));
  if (fault == FaultKind::missing) data.erase(data.size() - 1);
}

Response list_employees(const World& world, const Request& request,
                        std::optional<FaultKind> fault) {
  const Result<ListQuery> query = parse_query(world, request);
  if (!query) return failure(422, query.error().detail.c_str(), 422);
  const std::vector<const Employee*> found = matching(world, *query, asked_attributes(request));
  const std::uint64_t pages = (found.size() + query->limit - 1) / query->limit;
  Json body = {{"success", true},
               {"metadata",
                {{"total_elements", found.size()},
                 {"current_page", query->offset / query->limit},
                 {"total_pages", pages}}},
               {"offset", query->offset},
               {"limit", query->limit},
               {"data", page_of(world, found, *query, shown_attributes(world, request))}};
  spoil(fault, body);
  return json_answer(200, body);
}

Response one_employee(const World& world, const Request& request, const std::string& id) {
  const std::optional<std::uint64_t> wanted = number(id);
  if (!wanted) return failure(422, "The employee id must be an integer.", 422);
  const Employee* found = world.company.find(*wanted);
  if (found == nullptr) return no_such_person();
  return success(employee_json(world.company, *found, shown_attributes(world, request), world.local,
                               world.utc_today()));
}

Response read_company(const World& world, const Request& request, std::optional<FaultKind> fault) {
  if (request.path == kEmployees) return list_employees(world, request, fault);
  if (!request.path.starts_with(std::string(kEmployees) + "/"))
    return failure(404, "Not found", 404);
  const std::string rest = request.path.substr(kEmployees.size() + 1);
  if (rest == "attributes" || rest == "custom-attributes") {
    return success(attributes_json(world.permitted));
  }
  return one_employee(world, request, rest);
}

std::optional<Response> fail_at_once(std::optional<FaultKind> fault) {
  if (fault == FaultKind::too_many) return failure(429, "Too Many Requests");
  if (fault == FaultKind::server_error) return failure(500, "Server Error");
  if (fault == FaultKind::unauthorized) return failure(401, "The token has been blacklisted");
  return std::nullopt;
}

Response answer_company(World& world, const Request& request, std::optional<FaultKind> fault) {
  // Nothing may ever be written: the log keeps the attempt, the answer refuses it.
  if (request.method != "GET") return failure(405, "Method not allowed");
  if (std::optional<Response> refused = refuse_token(world, request)) return *refused;
  Response made = read_company(world, request, fault);
  made.set("authorization", "Bearer " + std::string(bearer_of(request)));
  return made;
}

}  // namespace

Response answer_api(World& world, const Request& request) {
  const std::optional<FaultKind> fault = world.faults.next(request.path);
  if (std::optional<Response> failed = fail_at_once(fault)) return *failed;
  Response made =
      request.path == kAuth ? authenticate(world, request) : answer_company(world, request, fault);
  if (fault == FaultKind::cut) made.break_off_after(made.body().size() / 2);
  return made;
}

}  // namespace refledger::sandbox
