// The stand-in over real HTTP: it answers as Personio does, and does what the control path orders.
#include "tools/personio-sandbox/sandbox.h"

#include <set>

#include "ledger/core/json.h"
#include "support/raw_client.h"
#include "support/serving.h"

namespace refledger::sandbox {
namespace {

using test::body_of;
using test::RawClient;
using test::status_of;

class PersonioSandbox : public testing::Test {
 protected:
  PersonioSandbox() { start({}); }

  void start(const Settings& settings) {
    server_.reset();
    sandbox_ = std::move(*Sandbox::make(settings, clock_, random_));
    server_ = test::serve(test::on_loopback(), [this](const http::Request& request) {
      return sandbox_->handle(request);
    });
    token_ = authenticate();
  }

  std::string raw(const std::string& method, const std::string& target, const std::string& headers,
                  const std::string& body = "") {
    RawClient client(server_->port());
    client.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return client.answer();
  }
  std::string get_raw(const std::string& target) {
    return raw("GET", target, "Authorization: Bearer " + token_ + "\r\n");
  }
  Json get(const std::string& target) { return Json::parse(body_of(get_raw(target))); }
  int status(const std::string& target) { return status_of(get_raw(target)); }
  std::string order_raw(const std::string& name, const Json& order) {
    return raw("POST", "/control/" + name, "", order.dump());
  }
  Json order(const std::string& name, const Json& order) {
    const std::string answer = order_raw(name, order);
    EXPECT_EQ(status_of(answer), 200) << answer;
    return Json::parse(body_of(answer));
  }
  Json control(const std::string& path) { return Json::parse(body_of(raw("GET", path, ""))); }

  std::string auth_raw(const std::string& type, const std::string& body) {
    return raw("POST", "/v1/auth", "Content-Type: " + type + "\r\n", body);
  }
  std::string authenticate() {
    const std::string answer = auth_raw("application/json", kCredentials);
    return Json::parse(body_of(answer))["data"]["token"];
  }
  Json person(std::uint64_t id) {
    return get("/v1/company/employees/" + std::to_string(id))["data"]["attributes"];
  }
  Json value(std::uint64_t id, const std::string& key) { return person(id)[key]["value"]; }

  static constexpr const char* kCredentials =
      R"({"client_id":"papi-demo","client_secret":"papi-demo-secret"})";
  static constexpr const char* kList = "/v1/company/employees";

  test::HandClock clock_{"2026-11-21T12:00:00.000Z"};
  test::FixedRandom random_;
  std::unique_ptr<Sandbox> sandbox_;
  std::unique_ptr<http::Server> server_;
  std::string token_;
};

// ---- authentication -----------------------------------------------------------------------------

TEST_F(PersonioSandbox, HandsOutTheSameTokenFor24Hours) {
  EXPECT_EQ(token_.substr(0, 5), "papi-");
  const std::string form = "client_id=papi-demo&client_secret=papi-demo-secret";
  const Json answer = Json::parse(body_of(auth_raw("application/x-www-form-urlencoded", form)));
  EXPECT_EQ(answer["success"], true);
  EXPECT_EQ(answer["data"]["token"], token_);
  EXPECT_EQ(answer["data"]["expires_in"], 86400);
  clock_.advance(std::chrono::hours(23));
  EXPECT_EQ(authenticate(), token_);
  clock_.advance(std::chrono::hours(1));
  EXPECT_EQ(status(kList), 401);
  EXPECT_NE(authenticate(), token_);
}

TEST_F(PersonioSandbox, RefusesWrongMissingAndMisplacedCredentials) {
  EXPECT_EQ(
      status_of(auth_raw("application/json", R"({"client_id":"papi-demo","client_secret":"x"})")),
      403);
  EXPECT_EQ(status_of(auth_raw("application/json", R"({"client_id":"papi-demo"})")), 422);
  EXPECT_EQ(status_of(auth_raw("application/json", "{")), 422);
  EXPECT_EQ(status_of(auth_raw("application/x-www-form-urlencoded", "client_id=papi-demo")), 422);
  const std::string query = "/v1/auth?client_id=papi-demo&client_secret=papi-demo-secret";
  EXPECT_EQ(status_of(raw("POST", query, "")), 403);
  EXPECT_EQ(status_of(raw("GET", "/v1/auth", "")), 405);
}

TEST_F(PersonioSandbox, RefusesRequestsWithoutItsToken) {
  for (const char* headers :
       {"", "Authorization: Bearer papi-other\r\n", "Authorization: Basic x\r\n"}) {
    const std::string answer = raw("GET", kList, headers);
    EXPECT_EQ(status_of(answer), 401);
    EXPECT_EQ(Json::parse(body_of(answer))["success"], false);
  }
}

TEST_F(PersonioSandbox, EchoesTheToken) {
  EXPECT_NE(get_raw(kList).find("\r\nauthorization: Bearer " + token_ + "\r\n"), std::string::npos);
}

TEST_F(PersonioSandbox, RevokesTokensAndShortensTheirLife) {
  order("revoke-tokens", {{"lifetime_seconds", 60}});
  EXPECT_EQ(status(kList), 401);
  token_ = authenticate();
  EXPECT_EQ(status(kList), 200);
  clock_.advance(std::chrono::seconds(60));
  EXPECT_EQ(status(kList), 401);
}

// ---- reading ------------------------------------------------------------------------------------

TEST_F(PersonioSandbox, PagesByRecordFromPageZero) {
  const Json first = get(std::string(kList) + "?limit=20");
  EXPECT_EQ(first["metadata"],
            (Json{{"total_elements", 42}, {"current_page", 0}, {"total_pages", 3}}));
  EXPECT_EQ(first["data"].size(), 20U);
  const Json last = get(std::string(kList) + "?limit=20&offset=40");
  EXPECT_EQ(last["metadata"]["current_page"], 2);
  EXPECT_EQ(last["data"].size(), 2U);
  EXPECT_EQ(get(std::string(kList) + "?offset=42")["data"], Json::array());
  EXPECT_EQ(get(kList)["limit"], 50);
}

TEST_F(PersonioSandbox, RefusesLimitsThatTheApiRefuses) {
  for (const char* query : {"?limit=101", "?limit=0", "?limit=-1", "?limit=x", "?offset=-1",
                            "?offset=x", "?updated_since=yesterday"}) {
    EXPECT_EQ(status(kList + std::string(query)), 422) << query;
  }
  EXPECT_EQ(status(std::string(kList) + "?limit=100"), 200);
}

TEST_F(PersonioSandbox, OmitsSilentlyWhatWasNotAskedOrIsNotPermitted) {
  const Json all = person(1001);
  EXPECT_TRUE(all.contains("status"));
  EXPECT_FALSE(all.contains("fix_salary"));
  const Json asked =
      get(std::string(kList) +
          "?limit=1&attributes[]=last_name&attributes%5B%5D=fix_salary&attributes[]=nonsense")
          ["data"][0]["attributes"];
  EXPECT_EQ(asked.size(), 2U);
  EXPECT_TRUE(asked.contains("id") && asked.contains("last_name"));
  order("permit", {{"attributes", {"last_name", "fix_salary"}}});
  EXPECT_EQ(person(1001).size(), 3U);
  EXPECT_EQ(get(std::string(kList) + "/attributes")["data"].size(), 2U);
}

TEST_F(PersonioSandbox, TellsItsAttributesUnderBothNames) {
  const Json attributes = get(std::string(kList) + "/attributes");
  EXPECT_EQ(attributes, get(std::string(kList) + "/custom-attributes"));
  std::set<std::string> keys;
  for (const Json& one : attributes["data"]) {
    keys.insert(one["key"]);
    if (one["key"] == "dynamic_104") {
      EXPECT_EQ(one["label"], "Zeugniswunsch");
      EXPECT_EQ(one["universal_id"], nullptr);
      EXPECT_EQ(one["options"], (Json{"confirmation", "full"}));
    }
  }
  EXPECT_TRUE(keys.contains("hire_date") && keys.contains("dynamic_101"));
}

TEST_F(PersonioSandbox, WritesValuesAsPersonioDoes) {
  const Json employee = person(1024);
  EXPECT_EQ(employee["first_name"], (Json{{"label", "First name"},
                                          {"value", "Łukasz"},
                                          {"type", "standard"},
                                          {"universal_id", "first_name"}}));
  EXPECT_EQ(employee["hire_date"]["value"], "2022-01-01T00:00:00+01:00");
  EXPECT_EQ(employee["termination_date"]["value"], "2026-11-20T00:00:00+01:00");
  EXPECT_EQ(employee["weekly_working_hours"]["value"], "42");
  EXPECT_EQ(employee["department"]["value"]["type"], "Department");
  EXPECT_EQ(employee["department"]["value"]["attributes"]["name"], "Fertigung");
  EXPECT_EQ(employee["supervisor"]["value"]["attributes"]["id"]["value"], 1001);
  EXPECT_EQ(employee["dynamic_104"]["value"], "confirmation");
  EXPECT_EQ(employee["contract_end_date"]["value"], nullptr);
  EXPECT_EQ(value(1001, "termination_type"), "");
  EXPECT_EQ(value(1002, "termination_type"), nullptr);
}

TEST_F(PersonioSandbox, DatesCarryTheOffsetOfTheirDay) {
  order("set", {{"id", 1001}, {"hire_date", "2010-07-01"}});
  EXPECT_EQ(value(1001, "hire_date"), "2010-07-01T00:00:00+02:00");
  order("set", {{"id", 1001}, {"hire_date", "2026-10-25"}});  // summer time ends at 3 that night
  EXPECT_EQ(value(1001, "hire_date"), "2026-10-25T00:00:00+02:00");
  order("set", {{"id", 1001}, {"hire_date", "2026-03-29"}});  // and begins at 2
  EXPECT_EQ(value(1001, "hire_date"), "2026-03-29T00:00:00+01:00");
}

TEST_F(PersonioSandbox, AnswersUnknownPeopleAndPathsAsTheApiDoes) {
  const std::string answer = get_raw(std::string(kList) + "/99");
  EXPECT_EQ(status_of(answer), 404);
  EXPECT_EQ(Json::parse(body_of(answer)),
            (Json{{"success", false},
                  {"error", {{"code", 404}, {"message", "Es ist ein Problem aufgetreten "}}}}));
  EXPECT_EQ(status(std::string(kList) + "/abc"), 422);
  EXPECT_EQ(status("/v1/company/attendances"), 404);
}

TEST_F(PersonioSandbox, RefusesEveryWriteAndKeepsTheAttempt) {
  for (const char* method : {"POST", "PATCH", "PUT", "DELETE"}) {
    EXPECT_EQ(status_of(raw(method, std::string(kList) + "/1001",
                            "Authorization: Bearer " + token_ + "\r\n")),
              405);
  }
  EXPECT_EQ(status_of(raw("POST", "/v1/company/documents", "")), 405);
  const Json log = control("/control/log");
  EXPECT_EQ(log.size(), 6U);
  EXPECT_EQ(log.back()["method"], "POST");
  EXPECT_EQ(log.back()["status"], 405);
}

TEST_F(PersonioSandbox, FindsByMailAndByChange) {
  const Json found = get(std::string(kList) + "?email=lukasz.wojcik%40seewald-instrumente.example");
  EXPECT_EQ(found["metadata"]["total_elements"], 1);
  EXPECT_EQ(get(std::string(kList) + "?updated_since=2026-11-20")["metadata"]["total_elements"], 0);
  order("rename", {{"id", 1005}, {"last_name", "Wyss"}});
  const std::string since =
      std::string(kList) + "?updated_since=2026-11-21T12:59:59";  // local time
  EXPECT_EQ(get(since)["data"][0]["attributes"]["id"]["value"], 1005);
  EXPECT_EQ(get(since)["metadata"]["total_elements"], 1);
  EXPECT_EQ(get(since + "&attributes[]=last_name")["metadata"]["total_elements"], 1);
  EXPECT_EQ(get(since + "&attributes[]=position")["metadata"]["total_elements"], 0);
  EXPECT_EQ(
      get(std::string(kList) + "?updated_since=2026-11-21T13:00:00")["metadata"]["total_elements"],
      0);
}

// ---- the company --------------------------------------------------------------------------------

TEST_F(PersonioSandbox, HasLeaversOfEveryKind) {
  std::set<std::string> automatic;
  std::set<std::string> types;
  unsigned open = 0;
  for (const Json& one : control("/control/people")) {
    if (one["status"] != "inactive") continue;
    types.insert(one["termination_type"].get<std::string>());
    const bool law = one["country"] == "CH" || one["country"] == "DE";
    const bool ordinary =
        one["termination_type"] != "death" && one["termination_type"] != "sub_company_switch";
    const bool due = one["wish"] == "confirmation" && law && ordinary;
    if (due)
      automatic.insert(one["country"].get<std::string>() + one["language"].get<std::string>());
    open += due ? 0 : 1;
  }
  EXPECT_EQ(automatic, (std::set<std::string>{"CHde", "CHen", "DEde", "DEen"}));
  EXPECT_TRUE(types.contains("death") && types.contains("sub_company_switch"));
  EXPECT_GE(open, 6U);
}

TEST_F(PersonioSandbox, IsTheSameCompanyWheneverItStarts) {
  const Json people = control("/control/people");
  clock_.set("2031-02-28T12:00:00.000Z");
  start({});
  const Json later = control("/control/people");
  ASSERT_EQ(later.size(), people.size());
  for (std::size_t at = 0; at < people.size(); ++at) {
    EXPECT_EQ(later[at]["name"], people[at]["name"]);
    EXPECT_EQ(later[at]["status"], people[at]["status"]) << people[at]["name"];
  }
}

TEST_F(PersonioSandbox, GrowsToThousandsTheSameEachTime) {
  Settings large;
  large.people = 3000;
  start(large);
  const Json people = control("/control/people");
  EXPECT_EQ(people.size(), 3000U);
  start(large);
  EXPECT_EQ(control("/control/people"), people);
  std::set<std::uint64_t> ids;
  for (std::size_t offset = 0; offset < 3000; offset += 100) {
    const Json page =
        get(std::string(kList) + "?limit=100&attributes[]=id&offset=" + std::to_string(offset));
    for (const Json& one : page["data"])
      ids.insert(one["attributes"]["id"]["value"].get<std::uint64_t>());
  }
  EXPECT_EQ(ids.size(), 3000U);
  large.people = 3;
  start(large);
  EXPECT_EQ(control("/control/people").size(), 3U);
}

// ---- control ------------------------------------------------------------------------------------

TEST_F(PersonioSandbox, HiresAndTerminates) {
  const Json hired = order("hire", {{"first_name", "Ada"},
                                    {"last_name", "Muster"},
                                    {"position", "Analystin"},
                                    {"language", "en"}});
  const auto id = hired["id"].get<std::uint64_t>();
  EXPECT_EQ(value(id, "status"), "active");
  EXPECT_EQ(value(id, "hire_date"), "2026-11-21T00:00:00+01:00");
  EXPECT_EQ(value(id, "dynamic_103"), "en");
  clock_.advance(std::chrono::hours(1));
  order("terminate", {{"id", id}, {"wish", "confirmation"}, {"termination_date", "2026-11-21"}});
  EXPECT_EQ(value(id, "status"), "active");  // until midnight UTC
  EXPECT_EQ(value(id, "termination_type"), "employee");
  EXPECT_EQ(value(id, "last_modified_at"), "2026-11-21T14:00:00+01:00");
  EXPECT_EQ(value(id, "created_at"), "2026-11-21T13:00:00+01:00");
  clock_.set("2026-11-22T00:00:00.000Z");
  token_ = authenticate();
  EXPECT_EQ(value(id, "status"), "inactive");
}

TEST_F(PersonioSandbox, TerminatesYesterdayUnlessToldOtherwise) {
  order("terminate", {{"id", 1001}});
  EXPECT_EQ(value(1001, "termination_date"), "2026-11-20T00:00:00+01:00");
  EXPECT_EQ(value(1001, "status"), "inactive");
}

TEST_F(PersonioSandbox, ExtendsAndTakesANoticeBack) {
  order("extend", {{"id", 1040}, {"contract_end_date", "2027-12-31"}});
  EXPECT_EQ(value(1040, "termination_date"), nullptr);
  EXPECT_EQ(value(1040, "contract_end_date"), "2027-12-31T00:00:00+01:00");
}

TEST_F(PersonioSandbox, RefusesOrdersThatMakeNoSenseAndChangesNothing) {
  const Json before = person(1001);
  EXPECT_EQ(status_of(order_raw("set", {{"id", 1}, {"position", "x"}})), 404);
  for (const Json& wrong :
       {Json{{"position", "x"}}, Json{{"id", 1001}, {"nonsense", "x"}},
        Json{{"id", 1001}, {"position", 7}}, Json{{"id", 1001}, {"country", "XX"}},
        Json{{"id", 1001}, {"position", "x"}, {"hire_date", "2026-02-30"}},
        Json{{"id", 1001}, {"last_modified_at", "2026-01-01"}}, Json::array()}) {
    EXPECT_EQ(status_of(order_raw("set", wrong)), 400) << wrong;
  }
  EXPECT_EQ(status_of(order_raw("hire", {{"first_name", "Ada"}})), 400);
  EXPECT_EQ(status_of(order_raw("fault", {{"kind", "earthquake"}})), 400);
  EXPECT_EQ(status_of(order_raw("nonsense", Json::object())), 404);
  EXPECT_EQ(status_of(raw("POST", "/control/set", "", "{")), 400);
  EXPECT_EQ(person(1001), before);
}

TEST_F(PersonioSandbox, FailsOnOrder) {
  const auto fail_with = [this](const char* kind) { order("fault", {{"kind", kind}}); };
  for (const int wanted : {429, 500, 401}) {
    fail_with(std::to_string(wanted).c_str());
    EXPECT_EQ(status(kList), wanted);
    EXPECT_EQ(status(kList), 200);
  }
  fail_with("total");
  EXPECT_EQ(get(kList)["metadata"]["total_elements"], 43);
  fail_with("duplicate");
  const Json twice = get(kList)["data"];
  EXPECT_EQ(twice.size(), 43U);
  EXPECT_EQ(twice.front(), twice.back());
  fail_with("missing");
  EXPECT_EQ(get(kList)["data"].size(), 41U);
  fail_with("cut");
  RawClient client(server_->port());
  client.send("GET " + std::string(kList) + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " +
              token_ + "\r\n\r\n");
  const std::string cut = client.rest();
  EXPECT_EQ(status_of(cut), 200);
  EXPECT_FALSE(Json::accept(body_of(cut)));
}

TEST_F(PersonioSandbox, FailsLaterMoreThanOnceAndElsewhere) {
  order("fault", {{"kind", "500"}, {"after", 1}, {"times", 2}});
  EXPECT_EQ(status(kList), 200);
  EXPECT_EQ(status(kList), 500);
  EXPECT_EQ(status(kList), 500);
  EXPECT_EQ(status(kList), 200);
  order("fault", {{"kind", "429"}, {"path", "/v1/auth"}});
  EXPECT_EQ(status(kList), 200);
  EXPECT_EQ(status_of(auth_raw("application/json", kCredentials)), 429);
  order("fault", {{"kind", "500"}, {"times", 100}});
  order("fault", {{"kind", "none"}});
  EXPECT_EQ(status(kList), 200);
}

TEST_F(PersonioSandbox, LogsWhatWasAskedAndNoSecret) {
  raw("POST", "/v1/auth?client_secret=papi-demo-secret", "");
  get(std::string(kList) + "?limit=7&attributes[]=status&attributes[]=first_name&token=" + token_);
  const std::string text = body_of(raw("GET", "/control/log", ""));
  EXPECT_EQ(text.find("papi-demo"), std::string::npos);
  EXPECT_EQ(text.find(token_), std::string::npos);
  const Json log = Json::parse(text);
  EXPECT_EQ(log.back()["attributes"], (Json{"first_name", "status"}));
  EXPECT_EQ(log.back()["query"],
            "limit=7&attributes[]=status&attributes[]=first_name&token=(hidden)");
  EXPECT_EQ(control("/control/log?from=3").size(), 1U);
  raw("DELETE", "/control/log", "");
  EXPECT_EQ(control("/control/log"), Json::array());
}

TEST(PersonioSandboxMake, RefusesAZoneThatIsNone) {
  const test::HandClock clock;
  test::FixedRandom random;
  Settings settings;
  settings.time_zone = "Europe/Seewald";
  EXPECT_EQ(Sandbox::make(settings, clock, random).error().fault, Fault::not_found);
}

}  // namespace
}  // namespace refledger::sandbox
