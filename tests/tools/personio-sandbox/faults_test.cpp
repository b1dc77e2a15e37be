// Every fault that can be ordered does what its name says, once, and where it was ordered.
#include "tools/personio-sandbox/faults.h"

#include "fixture.h"

namespace refledger::sandbox {
namespace {

class SandboxFaults : public SandboxTest {
 protected:
  void fault(const std::string& kind, Json more = Json::object()) {
    more["kind"] = kind;
    order("fault", more);
  }
  Json spoilt(const std::string& kind, const std::string& target) {
    fault(kind);
    return get(target);
  }
  static constexpr const char* kPersons = "/v2/persons?limit=20";
  static constexpr const char* kPage = "/v1/company/employees?limit=20";
};

TEST_F(SandboxFaults, AnswersWithTheStatusOrderedAndThenWellAgain) {
  for (const int wanted : {400, 401, 403, 412, 429, 500, 502}) {
    for (const char* target : {kPage, kPersons, "/v2/legal-entities"}) {
      fault(std::to_string(wanted));
      EXPECT_EQ(status(target), wanted);
      EXPECT_EQ(status(target), 200);
    }
  }
  fault("429");
  EXPECT_EQ(get_raw(kPersons).find("etry-"), std::string::npos);
}

TEST_F(SandboxFaults, ComesAtTheRequestOrderedAndSoOften) {
  fault("500", {{"at", 2}, {"times", 2}, {"path", "/v1/company/"}});
  EXPECT_EQ(status(kPersons), 200);
  EXPECT_EQ(status(kPage), 200);
  EXPECT_EQ(status(kPage), 500);
  EXPECT_EQ(status(kPage), 500);
  EXPECT_EQ(status(kPage), 200);
  fault("500", {{"times", 100}});
  fault("none");
  EXPECT_EQ(status(kPage), 200);
  EXPECT_EQ(status_of(order_raw("fault", {{"kind", "500"}, {"at", 0}})), 400);
  EXPECT_EQ(status_of(order_raw("fault", {{"kind", "earthquake"}})), 400);
}

TEST(SandboxFaultPaths, AreMatchedFromTheirBeginning) {
  EXPECT_TRUE(matches("", "/v1/auth"));
  EXPECT_TRUE(matches("/v1/", "/v1/auth"));
  EXPECT_FALSE(matches("/v2/", "/v1/auth"));
  EXPECT_TRUE(matches("/v2/persons/*/employments", "/v2/persons/1001/employments"));
  EXPECT_FALSE(matches("/v2/persons/*/employments", "/v2/persons"));
  EXPECT_TRUE(matches("/v2/persons$", "/v2/persons"));
  EXPECT_FALSE(matches("/v2/persons$", "/v2/persons/1001"));
}

TEST_F(SandboxFaults, ChangesTotals) {
  EXPECT_EQ(spoilt("shrinking-total", kPage)["metadata"]["total_elements"], 48);
  EXPECT_EQ(spoilt("growing-total", kPage)["metadata"]["total_elements"], 50);
}

TEST_F(SandboxFaults, SendsPeopleTwiceOrNotAtAll) {
  for (const char* target : {kPage, kPersons}) {
    const char* rows = target == kPage ? "data" : "_data";
    const Json twice = spoilt("duplicate-person", target)[rows];
    EXPECT_EQ(twice.size(), 21U);
    EXPECT_EQ(twice.front(), twice.back());
    EXPECT_EQ(spoilt("missing-person", target)[rows].size(), 19U);
  }
}

TEST_F(SandboxFaults, RepeatsThePageBefore) {
  const Json first = get(kPage);
  EXPECT_EQ(spoilt("repeated-page", std::string(kPage) + "&offset=20"), first);
  EXPECT_NE(get(std::string(kPage) + "&offset=20"), first);
}

TEST_F(SandboxFaults, LeavesAttributesOutAndRenamesLabels) {
  fault("missing-attribute", {{"attribute", "wish"}});
  EXPECT_FALSE(get(kPage)["data"][0]["attributes"].contains("dynamic_104"));
  EXPECT_FALSE(spoilt("missing-attribute", kPage)["data"][0]["attributes"].contains("hire_date"));
  EXPECT_FALSE(spoilt("missing-attribute", kPersons)["_data"][0].contains("last_name"));
  const Json renamed = spoilt("renamed-label", kPage)["data"][0]["attributes"];
  EXPECT_EQ(renamed["first_name"]["label"], "Umbenannt");
  EXPECT_EQ(spoilt("renamed-label", kPersons)["_data"][0]["custom_attributes"][0]["label"],
            "Umbenannt");
}

TEST_F(SandboxFaults, SendsOtherTypesAndOtherShapes) {
  const Json page = spoilt("wrong-types", kPage);
  EXPECT_EQ(page["metadata"]["total_elements"], "49");
  EXPECT_EQ(page["offset"], "0,");
  EXPECT_EQ(page["data"][0]["attributes"]["id"]["value"], "1001");
  EXPECT_EQ(page["data"][4]["attributes"]["weekly_working_hours"]["value"], 33.6);
  const Json employment = spoilt("wrong-types", "/v2/persons/1005/employments")["_data"][0];
  EXPECT_EQ(employment["weekly_working_hours"], "33.6");
  EXPECT_EQ(spoilt("wrong-shape", kPage)["data"], Json::object());
  EXPECT_EQ(spoilt("wrong-shape", kPersons)["_data"], Json::object());
}

TEST_F(SandboxFaults, LeadsAstray) {
  const auto next = [](const Json& page) {
    return page["_meta"]["links"]["next"]["href"].get<std::string>();
  };
  const std::string right = next(get(kPersons));
  const std::string elsewhere = next(spoilt("next-elsewhere", kPersons));
  EXPECT_TRUE(elsewhere.starts_with("https://elsewhere.example/v2/persons?cursor="));
  EXPECT_EQ(next(spoilt("relative-links", kPersons)), right.substr(right.find("/v2")));
  EXPECT_EQ(next(spoilt("absolute-links", kPersons)), right);
  EXPECT_TRUE(next(spoilt("next-itself", kPersons)).ends_with("/v2/persons?limit=20"));
}

TEST_F(SandboxFaults, CutsDelaysAndSendsNoJson) {
  fault("not-json");
  EXPECT_FALSE(Json::accept(body_of(get_raw(kPage))));
  fault("slow", {{"ms", 150}});
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(status(kPage), 200);
  EXPECT_GE(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(150));
  fault("cut");
  RawClient client(server_->port());
  client.send("GET " + std::string(kList) + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " +
              token_ + "\r\n\r\n");
  const std::string cut = client.rest();
  EXPECT_EQ(status_of(cut), 200);
  EXPECT_FALSE(Json::accept(body_of(cut)));
}

TEST_F(SandboxFaults, CanAllBeNamed) {
  for (const Json& name : control("/control/faults")) {
    EXPECT_TRUE(parse_fault(name.get<std::string>()));
  }
}

}  // namespace
}  // namespace refledger::sandbox
