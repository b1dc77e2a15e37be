// The stand-in over real HTTP answers v1 as Personio does.
#include <set>

#include "fixture.h"

namespace refledger::sandbox {
namespace {

using SandboxV1 = SandboxTest;

// ---- authentication -----------------------------------------------------------------------------

TEST_F(SandboxV1, HandsOutTheSameTokenFor24Hours) {
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

TEST_F(SandboxV1, RefusesWrongMissingAndMisplacedCredentials) {
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

TEST_F(SandboxV1, RefusesRequestsWithoutItsToken) {
  for (const char* headers :
       {"", "Authorization: Bearer papi-other\r\n", "Authorization: Basic x\r\n"}) {
    const std::string answer = raw("GET", kList, headers);
    EXPECT_EQ(status_of(answer), 401);
    EXPECT_EQ(Json::parse(body_of(answer))["success"], false);
  }
}

TEST_F(SandboxV1, EchoesTheToken) {
  EXPECT_NE(get_raw(kList).find("\r\nauthorization: Bearer " + token_ + "\r\n"), std::string::npos);
}

TEST_F(SandboxV1, RevokesTokensAndShortensTheirLife) {
  order("revoke-tokens", {{"lifetime_seconds", 60}});
  EXPECT_EQ(status(kList), 401);
  token_ = authenticate();
  EXPECT_EQ(status(kList), 200);
  clock_.advance(std::chrono::seconds(60));
  EXPECT_EQ(status(kList), 401);
}

// ---- reading ------------------------------------------------------------------------------------

TEST_F(SandboxV1, PagesByRecordFromPageZero) {
  const Json first = get(std::string(kList) + "?limit=20");
  EXPECT_EQ(first["metadata"],
            (Json{{"total_elements", 49}, {"current_page", 0}, {"total_pages", 3}}));
  EXPECT_EQ(first["data"].size(), 20U);
  const Json last = get(std::string(kList) + "?limit=20&offset=40");
  EXPECT_EQ(last["metadata"]["current_page"], 2);
  EXPECT_EQ(last["data"].size(), 9U);
  EXPECT_EQ(get(std::string(kList) + "?offset=49")["data"], Json::array());
  EXPECT_EQ(get(kList)["limit"], 50);
}

TEST_F(SandboxV1, RefusesLimitsThatTheApiRefuses) {
  for (const char* query : {"?limit=101", "?limit=0", "?limit=-1", "?limit=x", "?offset=-1",
                            "?offset=x", "?updated_since=yesterday"}) {
    EXPECT_EQ(status(kList + std::string(query)), 422) << query;
  }
  EXPECT_EQ(status(std::string(kList) + "?limit=100"), 200);
}

TEST_F(SandboxV1, OmitsSilentlyWhatWasNotAskedOrIsNotPermitted) {
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

TEST_F(SandboxV1, TellsItsAttributesUnderBothNames) {
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

TEST_F(SandboxV1, WritesValuesAsPersonioDoes) {
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

TEST_F(SandboxV1, DatesCarryTheOffsetOfTheirDay) {
  order("set", {{"id", 1001}, {"hire_date", "2010-07-01"}});
  EXPECT_EQ(value(1001, "hire_date"), "2010-07-01T00:00:00+02:00");
  order("set", {{"id", 1001}, {"hire_date", "2026-10-25"}});  // summer time ends at 3 that night
  EXPECT_EQ(value(1001, "hire_date"), "2026-10-25T00:00:00+02:00");
  order("set", {{"id", 1001}, {"hire_date", "2026-03-29"}});  // and begins at 2
  EXPECT_EQ(value(1001, "hire_date"), "2026-03-29T00:00:00+01:00");
}

TEST_F(SandboxV1, AnswersUnknownPeopleAndPathsAsTheApiDoes) {
  const std::string answer = get_raw(std::string(kList) + "/99");
  EXPECT_EQ(status_of(answer), 404);
  EXPECT_EQ(Json::parse(body_of(answer)),
            (Json{{"success", false},
                  {"error", {{"code", 404}, {"message", "Es ist ein Problem aufgetreten "}}}}));
  EXPECT_EQ(status(std::string(kList) + "/abc"), 422);
  EXPECT_EQ(status("/v1/company/attendances"), 404);
}

TEST_F(SandboxV1, RefusesEveryWriteAndKeepsTheAttempt) {
  for (const char* method : {"POST", "PATCH", "PUT", "DELETE"}) {
    EXPECT_EQ(status_of(raw(method, std::string(kList) + "/1001",
                            "Authorization: Bearer " + token_ + "\r\n")),
              405);
  }
  EXPECT_EQ(status_of(raw("POST", "/v1/company/documents", "")), 405);
  const Json log = control("/control/log");
  EXPECT_EQ(log.size(), 7U);
  EXPECT_EQ(log.back()["method"], "POST");
  EXPECT_EQ(log.back()["status"], 405);
}

TEST_F(SandboxV1, FindsByMailAndByChange) {
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

// ---- absences -----------------------------------------------------------------------------------

TEST_F(SandboxV1, ListsWholeDaysAndHoursApartAndCountsPagesFromOne) {
  const std::string of_one = "/v1/company/time-offs?employees[]=1050&limit=2";
  const Json first = get(of_one);
  EXPECT_EQ(first["metadata"],
            (Json{{"total_elements", 3}, {"current_page", 1}, {"total_pages", 2}}));
  EXPECT_EQ(first["data"].size(), 2U);
  EXPECT_EQ(get(of_one + "&offset=0")["data"], first["data"]);
  EXPECT_EQ(get(of_one + "&offset=2")["data"].size(), 1U);
  const Json vacation = get("/v1/company/time-offs?employees[]=1024")["data"][0]["attributes"];
  EXPECT_EQ(vacation["start_date"], "2026-09-22T00:00:00+02:00");
  EXPECT_EQ(vacation["days_count"], 9.5);
  EXPECT_EQ(vacation["time_off_type"]["attributes"]["category"], "paid_vacation");
  const Json hours = get("/v1/company/absence-periods?employees[]=1019");
  EXPECT_EQ(hours["metadata"]["total_elements"], 1);
  EXPECT_EQ(hours["data"][0]["attributes"]["start"], "2026-11-11T23:00:00.000Z");
  EXPECT_EQ(get("/v1/company/time-off-types")["data"].size(), 6U);
}

TEST_F(SandboxV1, RefusesWhatTheCredentialMayNotRead) {
  order("permit", {{"scopes", {"employees:read"}}});
  EXPECT_EQ(status("/v1/company/time-offs"), 403);
  EXPECT_EQ(status(kList), 200);
}

TEST_F(SandboxV1, LogsWhatWasAskedAndNoSecret) {
  raw("POST", "/v1/auth?client_secret=papi-demo-secret", "");
  get(std::string(kList) + "?limit=7&attributes[]=status&attributes[]=first_name&token=" + token_);
  const std::string text = body_of(raw("GET", "/control/log", ""));
  EXPECT_EQ(text.find("papi-demo"), std::string::npos);
  EXPECT_EQ(text.find(token_), std::string::npos);
  const Json log = Json::parse(text);
  EXPECT_EQ(log.back()["attributes"], (Json{"first_name", "status"}));
  EXPECT_EQ(log.back()["query"],
            "limit=7&attributes[]=status&attributes[]=first_name&token=(hidden)");
  EXPECT_EQ(control("/control/log?from=4").size(), 1U);
  raw("DELETE", "/control/log", "");
  EXPECT_EQ(control("/control/log"), Json::array());
}

}  // namespace
}  // namespace refledger::sandbox
