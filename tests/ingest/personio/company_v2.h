// A made-up company behind an API of the shape of Personio's v2, for the client's tests.
#pragma once

#include "company.h"

namespace refledger::ingest {

inline Json person_v2(int id) {
  const std::string text = std::to_string(id);
  return {{"id", text},
          {"email", "jana.muster@example.com"},
          {"first_name", "Jana"},
          {"last_name", "Muster"},
          {"gender", "FEMALE"},
          {"status", "ACTIVE"},
          {"custom_attributes",
           {{{"id", "dynamic_1"}, {"type", "string"}, {"value", "jana@example.org"}},
            {{"id", "dynamic_2"}, {"type", "string"}, {"value", "CH"}, {"label", "Land"}},
            {{"id", "dynamic_3"}, {"type", "list"}, {"value", {"de"}}},
            {{"id", "dynamic_4"}, {"type", "string"}, {"value", "confirmation"}},
            {{"id", "dynamic_9"}, {"type", "string"}, {"value", "payroll-secret"}}}},
          {"employments", {{{"id", "e-" + text}}}}};
}

inline Json employment_v2(int person) {
  const std::string text = std::to_string(person);
  return {{"id", "e-" + text},
          {"status", "ACTIVE"},
          {"type", "INTERNAL"},
          {"position", {{"title", "Buchhalterin"}}},
          {"weekly_working_hours", 38.5},
          {"employment_start_date", "2019-03-01"},
          {"employment_end_date", nullptr},
          {"contract_end_date", nullptr},
          {"org_units", {{{"type", "team"}, {"id", "45"}}, {{"type", "department"}, {"id", "28"}}}},
          {"legal_entity", {{"id", "70"}}},
          {"person", {{"id", text}}}};
}

/// The same, gone since the end of September.
inline Json ended_v2(int person) {
  Json one = employment_v2(person);
  one["status"] = "INACTIVE";
  one["employment_end_date"] = "2026-09-30";
  one["termination"] = {
      {"termination_date", "2026-09-30"}, {"last_working_day", "2026-09-11"}, {"type", "EMPLOYEE"}};
  return one;
}

/// Serves `people` of v2, fifty a page, with cursors; `twist` may answer in its place.
class CompanyV2 {
 public:
  using Twist = std::function<std::optional<http::Response>(const http::Request&, int number)>;

  explicit CompanyV2(int count, Twist twist = {}) : twist_(std::move(twist)) {
    for (int id = 1; id <= count; ++id) {
      people.push_back(person_v2(id));
      employments[std::to_string(id)] = {employment_v2(id)};
    }
    http::Settings settings;
    settings.endpoint = http::TcpEndpoint{"127.0.0.1", 0};
    Result<std::unique_ptr<http::Server>> server = http::Server::start(
        settings, [this](const http::Request& request) { return answer(request); });
    if (!server) ADD_FAILURE() << server.error().detail;
    server_ = std::move(*server);
  }

  std::string base_url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
  PersonioSettings settings(PersonioApi api = PersonioApi::v2) const {
    PersonioSettings made = settings_for(base_url());
    made.api = api;
    return made;
  }

  std::vector<http::Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  int count(std::string_view path) const {
    int found = 0;
    for (const http::Request& request : requests()) found += request.path == path;
    return found;
  }

  std::vector<Json> people;
  std::map<std::string, std::vector<Json>> employments;
  std::string next_host = "https://elsewhere.example";
  int v1_people = 0;  // 0: v1 is not there

  http::Response list(const http::Request& request) const {
    const std::string cursor = http::form_value(request.query, "cursor").value_or("cur_0");
    const std::size_t from = std::stoul(cursor.substr(4));
    const std::size_t limit = std::stoul(http::form_value(request.query, "limit").value_or("10"));
    const auto id = http::form_value(request.query, "status");
    Json data = Json::array();
    std::size_t at = from;
    for (; at < people.size() && data.size() < limit; ++at) {
      if (id == "INACTIVE" && people[at].value("status", "") != "INACTIVE") continue;
      data.push_back(people[at]);
    }
    Json links = Json::object();
    if (at < people.size()) {
      links["next"] = {{"href", next_host + "/v2/persons?cursor=cur_" + std::to_string(at)}};
    }
    return json_answer(200, {{"_data", data}, {"_meta", {{"links", links}}}});
  }

 private:
  http::Response answer(const http::Request& request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    const int number = ++asked_[request.path];
    if (twist_) {
      if (std::optional<http::Response> twisted = twist_(request, number)) return *twisted;
    }
    if (request.path == "/v2/auth/token") {
      return json_answer(200, {{"access_token", "papi-v2-" + std::to_string(number)},
                               {"token_type", "Bearer"},
                               {"expires_in", 4711}});
    }
    if (request.path == "/v2/persons") return list(request);
    if (request.path.starts_with("/v2/persons/")) return one(request.path.substr(12));
    if (request.path == "/v2/org-units/28") {
      return json_answer(200, {{"id", "28"}, {"type", "department"}, {"name", "Finanzen"}});
    }
    if (request.path == "/v2/legal-entities") {
      return json_answer(200, {{"_data", {{{"id", "70"}, {"name", "Muster GmbH"}}}}});
    }
    return v1(request);
  }

  http::Response one(const std::string& rest) const {
    const std::string id = rest.substr(0, rest.find('/'));
    for (const Json& person : people) {
      if (person["id"] != id) continue;
      if (rest == id) return json_answer(200, person);
      return json_answer(200, {{"_data", employments.at(id)}, {"_meta", Json::object()}});
    }
    return json_answer(404, {{"errors", {{{"title", "Not found"}}}}});
  }

  http::Response v1(const http::Request& request) const {
    if (v1_people == 0) return http::Response(404);
    if (request.path == "/v1/auth") {
      return json_answer(200, {{"data", {{"token", "papi-v1"}, {"expires_in", 86400}}}});
    }
    if (request.path == "/v1/company/employees") {
      return json_answer(
          200, page_of(ingest::employees(v1_people), static_cast<std::uint64_t>(v1_people)));
    }
    return http::Response(404);
  }

  Twist twist_;
  mutable std::mutex mutex_;
  std::vector<http::Request> requests_;
  std::map<std::string, int> asked_;
  std::unique_ptr<http::Server> server_;  // last: its threads use all of the above
};

}  // namespace refledger::ingest
