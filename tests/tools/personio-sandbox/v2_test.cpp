// The stand-in answers v2 as Personio does: cursors, filters, employments, rights, odd links.
#include <set>

#include "fixture.h"

namespace refledger::sandbox {
namespace {

using SandboxV2 = SandboxTest;

constexpr const char* kPersons = "/v2/persons";

std::string next_of(const Json& page) {
  const std::string href = page["_meta"]["links"]["next"]["href"];
  return href.substr(href.find("/v2/"));
}

// ---- authentication -----------------------------------------------------------------------------

TEST_F(SandboxV2, HandsOutOneTokenAndTellsItsRemainingLife) {
  clock_.advance(std::chrono::hours(5));
  const Json answer = Json::parse(body_of(form_raw("/v2/auth/token", kForm)));
  EXPECT_EQ(answer["access_token"], token_v2_);
  EXPECT_EQ(answer["expires_in"], 19 * 3600);
  EXPECT_EQ(answer["token_type"], "Bearer");
  EXPECT_NE(token_v2_, token_);
  EXPECT_EQ(status_of(raw("GET", kPersons, "Authorization: Bearer " + token_ + "\r\n")), 401);
}

TEST_F(SandboxV2, RefusesJsonAndNamesOAuthErrors) {
  const std::string json =
      raw("POST", "/v2/auth/token", "Content-Type: application/json\r\n", "{}");
  EXPECT_EQ(status_of(json), 400);
  EXPECT_NE(json.find("application/problem+json"), std::string::npos);
  const auto error = [this](const std::string& body) {
    return Json::parse(body_of(form_raw("/v2/auth/token", body)))["error"].get<std::string>();
  };
  EXPECT_EQ(error("client_id=papi-demo"), "invalid_request");
  EXPECT_EQ(error("grant_type=password&client_id=a&client_secret=b"), "unsupported_grant_type");
  EXPECT_EQ(error("grant_type=client_credentials&client_id=a&client_secret=b"), "invalid_client");
  EXPECT_EQ(error(std::string(kForm) + "&scope=fake%3A777"), "invalid_scope");
}

TEST_F(SandboxV2, RevokesAToken) {
  EXPECT_EQ(status_of(form_raw("/v2/auth/revoke", "token=" + token_v2_)), 200);
  EXPECT_EQ(status(kPersons), 401);
}

// ---- persons ------------------------------------------------------------------------------------

TEST_F(SandboxV2, PagesByOpaqueCursorToTheLastPerson) {
  std::set<std::string> ids;
  std::string at = std::string(kPersons) + "?limit=20";
  std::size_t pages = 0;
  while (true) {
    const Json page = get(at);
    for (const Json& one : page["_data"]) ids.insert(one["id"].get<std::string>());
    ++pages;
    if (!page["_meta"]["links"].contains("next")) break;
    at = next_of(page);
  }
  EXPECT_EQ(ids.size(), 49U);
  EXPECT_EQ(pages, 3U);
  EXPECT_EQ(get(kPersons)["_data"].size(), 10U);
}

TEST_F(SandboxV2, RefusesLimitsCursorsAndFiltersThatAreNone) {
  for (const char* query :
       {"limit=51", "limit=0", "limit=x", "cursor=cur_x", "cursor=abc", "status=LEFT",
        "updated_at.gt=yesterday", "id.nooperator=1", "shoe_size=43"}) {
    EXPECT_EQ(status(std::string(kPersons) + "?" + query), 400) << query;
  }
  EXPECT_EQ(status(std::string(kPersons) + "?limit=50"), 200);
}

TEST_F(SandboxV2, FiltersAndKeepsTheFilterInTheCursor) {
  const Json left = get(std::string(kPersons) + "?status=INACTIVE&limit=5");
  EXPECT_EQ(left["_data"].size(), 5U);
  const Json more = get(next_of(left));
  EXPECT_EQ(more["_data"].size(), 5U);
  for (const Json& one : more["_data"]) EXPECT_EQ(one["status"], "INACTIVE");
  EXPECT_EQ(status(next_of(left) + "&status=ACTIVE"), 400);
  EXPECT_EQ(status(next_of(left) + "&status=INACTIVE&limit=50"), 200);
  const Json two = get(std::string(kPersons) + "?id=1001,1043,1050,abc");
  ASSERT_EQ(two["_data"].size(), 2U);
  EXPECT_EQ(two["_data"][1]["last_name"], "Läubli");
  EXPECT_EQ(get(std::string(kPersons) + "?last_name=Wyss-H%C3%A4mmerli")["_data"].size(), 1U);
}

TEST_F(SandboxV2, FindsWhatChangedSince) {
  const std::string since = std::string(kPersons) + "?updated_at.gt=2026-11-21T11:59:59Z";
  EXPECT_EQ(get(since)["_data"], Json::array());
  order("set", {{"id", 1005}, {"position", "Beraterin"}});
  ASSERT_EQ(get(since)["_data"].size(), 1U);
  EXPECT_EQ(get(since)["_data"][0]["updated_at"], "2026-11-21T12:00:00Z");
  order("behave", {{"employment_touches_person", false}});
  EXPECT_EQ(get(since)["_data"], Json::array());
  const std::string employments = "/v2/persons/1005/employments?updated_at.gt=2026-11-21T11:59:59Z";
  EXPECT_EQ(get(employments)["_data"].size(), 1U);
}

TEST_F(SandboxV2, WritesPersonsAsTheApiDoes) {
  const Json person = get("/v2/persons/1024");
  EXPECT_EQ(person["id"], "1024");
  EXPECT_EQ(person["gender"], "MALE");
  EXPECT_EQ(person["status"], "INACTIVE");
  EXPECT_EQ(person["employments"].size(), 1U);
  EXPECT_FALSE(person.contains("hire_date"));
  bool seen = false;
  for (const Json& custom : person["custom_attributes"]) {
    if (custom["id"] != "dynamic_105") continue;
    seen = true;
    EXPECT_EQ(custom["global_id"], "date_of_birth");
    EXPECT_EQ(custom["type"], "date");
  }
  EXPECT_TRUE(seen);
}

TEST_F(SandboxV2, ShrinksToWhatIsTicked) {
  order("permit", {{"attributes", {"id"}}});
  Json person = get("/v2/persons/1024");
  EXPECT_EQ(person.size(), 4U) << person;  // id, employments, no custom attributes, _meta
  const Json employment = get("/v2/persons/1024/employments")["_data"][0];
  EXPECT_EQ(employment.size(), 4U) << employment;  // id, person, status, _meta
}

TEST_F(SandboxV2, AnswersMissingRightsAndUnknownPeople) {
  order("permit", {{"scopes", {"personio:employments:read"}}});
  EXPECT_EQ(status(kPersons), 401);
  EXPECT_EQ(status("/v2/legal-entities"), 403);
  EXPECT_EQ(status("/v2/persons/1024/employments"), 200);
  EXPECT_EQ(status("/v2/persons/9/employments"), 404);
  EXPECT_EQ(status("/v2/persons/1024/employments/none"), 404);
  EXPECT_EQ(status("/v2/cookies"), 404);
  EXPECT_EQ(
      status_of(raw("PATCH", "/v2/persons/1024", "Authorization: Bearer " + token_v2_ + "\r\n")),
      405);
}

// ---- employments --------------------------------------------------------------------------------

TEST_F(SandboxV2, TellsEmploymentsTheNewestFirst) {
  const Json both = get("/v2/persons/1048/employments")["_data"];
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0]["employment_start_date"], "2025-01-01");
  EXPECT_EQ(both[0]["termination"]["type"], "EMPLOYEE");
  EXPECT_EQ(both[0]["weekly_working_hours"], 33.6);
  EXPECT_EQ(both[1]["employment_start_date"], "2018-11-01");
  const Json first = get("/v2/persons/1048/employments?limit=1");
  // The link leads where no list is, as in the API's own examples: only the cursor counts.
  const std::string next = next_of(first);
  EXPECT_TRUE(next.starts_with("/v2/employments?cursor=")) << next;
  const std::string cursor = next.substr(next.find('?'));
  EXPECT_EQ(get("/v2/persons/1048/employments" + cursor)["_data"][0], both[1]);
  EXPECT_EQ(get("/v2/persons/1048/employments/" + both[1]["id"].get<std::string>()), both[1]);
}

TEST_F(SandboxV2, LeavesOutTheTerminationOfWhoStays) {
  const Json stays = get("/v2/persons/1001/employments")["_data"][0];
  EXPECT_FALSE(stays.contains("termination"));
  EXPECT_EQ(stays["employment_end_date"], nullptr);
  const Json stale = get("/v2/persons/1042/employments")["_data"][0];
  EXPECT_EQ(stale["termination"].size(), 1U);
  EXPECT_TRUE(stale["termination"].contains("last_working_day"));
}

// ---- the rest -----------------------------------------------------------------------------------

TEST_F(SandboxV2, WritesLinksAbsoluteOrRelative) {
  EXPECT_EQ(get("/v2/legal-entities")["_meta"]["links"]["self"]["href"],
            "https://api.personio.de/v2/legal-entities");
  order("behave", {{"links", "relative"}});
  EXPECT_EQ(get("/v2/legal-entities")["_meta"]["links"]["self"]["href"], "/v2/legal-entities");
}

TEST_F(SandboxV2, TellsCompaniesAndDepartmentsByTheirIds) {
  EXPECT_EQ(get("/v2/legal-entities?country=DE")["_data"][0]["name"],
            "Seewald Instrumente Deutschland GmbH");
  EXPECT_EQ(status("/v2/org-units?type=department"), 400);  // in beta
  const std::string listed = get_raw("/v2/org-units?type=department&limit=100", "Beta: true\r\n");
  const Json departments = Json::parse(body_of(listed))["_data"];
  EXPECT_GE(departments.size(), 6U);
  const std::string id = departments[0]["id"];
  EXPECT_EQ(get("/v2/org-units/" + id + "?type=department")["name"], departments[0]["name"]);
  EXPECT_EQ(status("/v2/org-units/" + id), 400);
  EXPECT_EQ(status("/v2/org-units/" + id + "?type=team"), 404);
}

TEST_F(SandboxV2, TellsAbsencesAndTheirDays) {
  const Json periods = get("/v2/absence-periods?person.id=1024")["_data"];
  ASSERT_EQ(periods.size(), 1U);
  EXPECT_EQ(periods[0]["ends_at"]["type"], "FIRST_HALF");
  const Json days =
      get("/v2/absence-periods/" + periods[0]["id"].get<std::string>() + "/breakdowns")["_data"];
  ASSERT_EQ(days.size(), 10U);
  EXPECT_EQ(days.back()["effective_duration"], (Json{{"unit", "DAY"}, {"value", 0.5}}));
  EXPECT_EQ(get("/v2/absence-types")["_data"].size(), 6U);
  EXPECT_EQ(status("/v2/absence-periods/none/breakdowns"), 404);
}

TEST_F(SandboxV2, HoldsAHundredThousandPeople) {
  Settings large;
  large.people = 100000;
  start(large);
  EXPECT_EQ(sandbox_->people(), 100000U);
  const Json last = get("/v1/company/employees?limit=100&offset=99950&attributes[]=last_name");
  EXPECT_EQ(last["data"].size(), 50U);
  EXPECT_EQ(last["data"][49]["attributes"]["id"]["value"], 101001);
  order("set", {{"id", 90000}, {"position", "Zeugin"}});
  EXPECT_EQ(get("/v2/persons/90000/employments")["_data"][0]["position"]["title"], "Zeugin");
  order("delete", {{"id", 90001}});
  EXPECT_EQ(get("/v2/persons?id=90000,90001,90002")["_data"].size(), 2U);
}

}  // namespace
}  // namespace refledger::sandbox
