// The made-up company, and what the control path does to it.
#include <set>

#include "fixture.h"

namespace refledger::sandbox {
namespace {

using SandboxControl = SandboxTest;

// ---- the company --------------------------------------------------------------------------------

TEST_F(SandboxControl, HasLeaversOfEveryKind) {
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

TEST_F(SandboxControl, IsTheSameCompanyWheneverItStarts) {
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

TEST_F(SandboxControl, GrowsToThousandsTheSameEachTime) {
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

TEST_F(SandboxControl, HiresAndTerminates) {
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

TEST_F(SandboxControl, TerminatesYesterdayUnlessToldOtherwise) {
  order("terminate", {{"id", 1001}});
  EXPECT_EQ(value(1001, "termination_date"), "2026-11-20T00:00:00+01:00");
  EXPECT_EQ(value(1001, "status"), "inactive");
}

TEST_F(SandboxControl, ExtendsAndTakesANoticeBack) {
  order("extend", {{"id", 1040}, {"contract_end_date", "2027-12-31"}});
  EXPECT_EQ(value(1040, "termination_date"), nullptr);
  EXPECT_EQ(value(1040, "contract_end_date"), "2027-12-31T00:00:00+01:00");
}

TEST_F(SandboxControl, TakesSomebodyOnAgain) {
  order("terminate", {{"id", 1005}, {"termination_date", "2026-10-31"}});
  order("rehire", {{"id", 1005}, {"hire_date", "2026-11-15"}, {"position", "Beraterin"}});
  EXPECT_EQ(value(1005, "status"), "active");
  EXPECT_EQ(value(1005, "termination_date"), nullptr);
  EXPECT_EQ(value(1005, "hire_date"), "2026-11-15T00:00:00+01:00");
  const Json both = get("/v2/persons/1005/employments")["_data"];
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0]["position"]["title"], "Beraterin");
  EXPECT_EQ(both[1]["employment_end_date"], "2026-10-31");
  EXPECT_EQ(both[1]["status"], "INACTIVE");
}

TEST_F(SandboxControl, MovesSomebodyWithinTheGroup) {
  order("move", {{"id", 1005}, {"subcompany", "Seewald Instrumente Deutschland GmbH"}});
  const Json both = get("/v2/persons/1005/employments")["_data"];
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0]["status"], "ACTIVE");
  EXPECT_EQ(both[1]["termination"]["type"], "SUB_COMPANY_SWITCH");
  EXPECT_NE(both[0]["legal_entity"], both[1]["legal_entity"]);
}

TEST_F(SandboxControl, DeletesForGoodAndPagesPastTheGap) {
  order("delete", {{"id", 1002}});
  EXPECT_EQ(status(std::string(kList) + "/1002"), 404);
  EXPECT_EQ(status("/v2/persons/1002"), 404);
  EXPECT_EQ(status_of(order_raw("set", {{"id", 1002}, {"position", "x"}})), 404);
  const Json second = get(std::string(kList) + "?limit=1&offset=1");
  EXPECT_EQ(second["metadata"]["total_elements"], 48);
  EXPECT_EQ(second["data"][0]["attributes"]["id"]["value"], 1003);
  EXPECT_EQ(order("hire", {{"first_name", "A"}, {"last_name", "B"}})["id"], 1051);
}

TEST_F(SandboxControl, AddsAbsencesAndRefusesOnesThatMakeNoSense) {
  const Json ill = {{"id", 1005}, {"category", "sick_leave"}, {"from", "2026-03-02"}};
  order("absence", ill);
  const Json found = get("/v2/absence-periods?person.id=1005")["_data"];
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]["starts_from"]["date_time"], "2026-03-02T00:00:00");
  EXPECT_EQ(found[0]["ends_at"], nullptr);
  for (const char* wrong : {R"({"category":"party"})", R"({"from":"2026-02-30"})",
                            R"({"to":"2026-03-01"})", R"({"id":7})"}) {
    Json order = ill;
    order.update(Json::parse(wrong));
    EXPECT_GE(status_of(order_raw("absence", order)), 400) << wrong;
  }
}

TEST_F(SandboxControl, RefusesOrdersThatMakeNoSenseAndChangesNothing) {
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

TEST(PersonioSandboxMake, RefusesAZoneThatIsNone) {
  const test::HandClock clock;
  test::FixedRandom random;
  Settings settings;
  settings.time_zone = "Europe/Seewald";
  EXPECT_EQ(Sandbox::make(settings, clock, random).error().fault, Fault::not_found);
}

}  // namespace
}  // namespace refledger::sandbox
