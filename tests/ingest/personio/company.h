// A made-up company behind an API of Personio's shape, for the client's tests.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "http/server.h"
#include "ingest/personio/client.h"
#include "ledger/core/json.h"
#include "support/support.h"

namespace refledger::ingest {

inline Json attribute(Json value) { return {{"label", "any label"}, {"value", std::move(value)}}; }

/// One person with everything delivered, as recorded answers look.
inline Json employee(int id) {
  return {
      {"id", attribute(id)},
      {"first_name", attribute("Jana")},
      {"last_name", attribute("Muster")},
      {"status", attribute("active")},
      {"position", attribute("Buchhalterin")},
      {"department",
       attribute({{"type", "Department"}, {"attributes", {{"id", 28}, {"name", "Finanzen"}}}})},
      {"hire_date", attribute("2019-03-01T00:00:00+01:00")},
      {"contract_end_date", attribute(nullptr)},
      {"termination_date", attribute(nullptr)},
      {"termination_type", attribute("")},
      {"last_working_day", attribute(nullptr)},
      {"weekly_working_hours", attribute("38.50")},
      {"email", attribute("jana.muster@example.com")},
      {"gender", attribute("female")},
      {"subcompany",
       attribute({{"type", "Subcompany"}, {"attributes", {{"id", 70}, {"name", "Muster GmbH"}}}})},
      {"dynamic_1", attribute("jana@example.org")},
      {"dynamic_2", attribute("CH")},
      {"dynamic_3", attribute("de")},
      {"dynamic_4", attribute("confirmation")},
  };
}

inline std::vector<Json> employees(int count) {
  std::vector<Json> all;
  for (int id = 1; id <= count; ++id) all.push_back(employee(id));
  return all;
}

/// A list answer as Personio writes it.
inline Json page_of(const std::vector<Json>& people, std::uint64_t total) {
  Json data = Json::array();
  for (const Json& one : people) data.push_back({{"type", "Employee"}, {"attributes", one}});
  return {{"success", true},
          {"metadata", {{"total_elements", total}, {"current_page", 0}, {"total_pages", 1}}},
          {"offset", 0},
          {"limit", 100},
          {"data", data}};
}

inline http::Response json_answer(unsigned status, const Json& body) {
  return {status, "application/json", body.dump()};
}

/// Serves `people`; `twist` may answer in its place, by the number of the request to /employees.
class Company {
 public:
  using Twist = std::function<std::optional<http::Response>(const http::Request&, int number)>;

  explicit Company(std::vector<Json> all, Twist list_twist = {}, Twist login_twist = {})
      : people(std::move(all)),
        list_twist_(std::move(list_twist)),
        login_twist_(std::move(login_twist)) {
    http::Settings settings;
    settings.endpoint = http::TcpEndpoint{"127.0.0.1", 0};
    Result<std::unique_ptr<http::Server>> server = http::Server::start(
        settings, [this](const http::Request& request) { return answer(request); });
    if (!server) ADD_FAILURE() << server.error().detail;
    server_ = std::move(*server);
  }

  std::string base_url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

  std::vector<http::Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  int count(std::string_view path) const {
    int found = 0;
    for (const http::Request& request : requests()) found += request.path == path;
    return found;
  }

  /// The page that `request` asks for.
  http::Response list(const http::Request& request) const {
    const std::size_t offset = number_in(request, "offset");
    const std::size_t end = std::min(people.size(), offset + number_in(request, "limit"));
    std::vector<Json> some;
    for (std::size_t i = offset; i < end; ++i) some.push_back(people[i]);
    http::Response response = json_answer(200, page_of(some, people.size()));
    response.set("authorization", "Bearer papi-echoed");  // as Personio does, to no end
    return response;
  }

  static std::size_t number_in(const http::Request& request, const char* name) {
    return std::stoul(http::form_value(request.query, name).value_or("0"));
  }

  std::vector<Json> people;

 private:
  http::Response answer(const http::Request& request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    if (request.path == "/v1/auth") return login(request);
    if (request.path != "/v1/company/employees") return http::Response(404);
    const int number = ++lists_;
    if (list_twist_) {
      if (std::optional<http::Response> twisted = list_twist_(request, number)) return *twisted;
    }
    return list(request);
  }

  http::Response login(const http::Request& request) {
    const int number = ++logins_;
    if (login_twist_) {
      if (std::optional<http::Response> twisted = login_twist_(request, number)) return *twisted;
    }
    return json_answer(200, {{"success", true},
                             {"data",
                              {{"token", "papi-token-" + std::to_string(number)},
                               {"expires_in", 86400},
                               {"scope", "employees:read"}}}});
  }

  Twist list_twist_;
  Twist login_twist_;
  mutable std::mutex mutex_;
  std::vector<http::Request> requests_;
  int lists_ = 0;
  int logins_ = 0;
  std::unique_ptr<http::Server> server_;  // last: its threads use all of the above
};

inline PersonioSettings settings_for(const std::string& base_url) {
  PersonioSettings settings;
  settings.base_url = base_url;
  settings.api = PersonioApi::v1;
  settings.mapping = {{"private_email", "dynamic_1"},
                      {"country", "dynamic_2"},
                      {"language", "dynamic_3"},
                      {"reference_wish", "dynamic_4"}};
  settings.timeout = std::chrono::seconds{5};
  return settings;
}

/// A client with a clock turned by hand and waits that are only written down.
struct Client {
  explicit Client(PersonioSettings settings)
      : source(make_personio(
            std::move(settings), {"papi-id", "papi-secret"}, clock,
            [this](std::chrono::milliseconds wait) { waits.push_back(wait); }, random)) {}
  explicit Client(const Company& company) : Client(settings_for(company.base_url())) {}

  Result<People> read() { return read_all(*source); }
  /// Whether the waits were these, each with up to half as much again for jitter.
  bool waited(const std::vector<std::chrono::seconds>& steps) const {
    bool same = waits.size() == steps.size();
    for (std::size_t at = 0; same && at < steps.size(); ++at) {
      const std::chrono::milliseconds step = steps[at];
      same = waits[at] >= step && waits[at] <= step * 3 / 2;
    }
    return same;
  }
  std::string error() {
    const Result<People> people = read();
    return people ? "no error" : people.error().detail;
  }

  test::HandClock clock;
  test::FixedRandom random;
  std::vector<std::chrono::milliseconds> waits;
  std::unique_ptr<HrSource> source;
};

}  // namespace refledger::ingest
