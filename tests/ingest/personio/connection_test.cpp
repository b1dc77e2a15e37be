// The connection test: what works, what is missing and what to do about it, item by item.
#include <set>

#include "company_v2.h"
#include "ingest/personio/shape.h"

namespace refledger::ingest {
namespace {

/// Items as "id:subject:state".
std::set<std::string> said(const ConnectionReport& report) {
  std::set<std::string> all;
  for (const CheckItem& item : report.items) {
    const char* state = item.state == CheckState::ok        ? "ok"
                        : item.state == CheckState::warning ? "warning"
                                                            : "missing";
    all.insert(item.id + ":" + item.subject + ":" + state);
    for (const std::string& text : {item.text.de, item.text.fr, item.text.it, item.text.en}) {
      EXPECT_FALSE(text.empty()) << item.id;
      EXPECT_EQ(text.find("{}"), std::string::npos) << item.id;
      EXPECT_EQ(text.find("ß"), std::string::npos) << item.id;
    }
  }
  return all;
}

TEST(PersonioTest, PassesWhereEverythingCanBeRead) {
  CompanyV2 company(2);
  company.v1_people = 1;
  company.people[1]["status"] = "INACTIVE";
  company.employments["2"] = {ended_v2(2)};
  const ConnectionReport report = Client(company.settings(PersonioApi::automatic)).source->test();
  EXPECT_TRUE(report.passed());
  EXPECT_EQ(report.api, "v2");
  EXPECT_EQ(report.apis, (std::vector<std::string>{"v2", "v1"}));
  const std::set<std::string> all = said(report);
  for (const char* item :
       {"login:v2:ok", "login:v1:ok", "people:v2:ok", "attribute:hire_date:ok",
        "attribute:termination_date:ok", "mapped:country: dynamic_2:ok", "departments::ok",
        "legal_entities::ok", "version:v2:ok", "absences::warning"}) {
    EXPECT_TRUE(all.contains(item)) << item;
  }
}

TEST(PersonioTest, NamesAttributesThatAreMissing) {
  std::vector<Json> all = employees(3);
  for (Json& one : all) {
    one.erase("termination_date");
    one.erase("position");
    one.erase("dynamic_2");
  }
  const Company company(all);
  const ConnectionReport report = Client(company).source->test();
  EXPECT_FALSE(report.passed());
  const std::set<std::string> items = said(report);
  EXPECT_TRUE(items.contains("attribute:termination_date:missing"));
  EXPECT_TRUE(items.contains("attribute:position:warning"));
  EXPECT_TRUE(items.contains("mapped:country: dynamic_2:warning"));
  EXPECT_TRUE(items.contains("attribute:hire_date:ok"));
}

TEST(PersonioTest, SaysThatTheCredentialsAreWrong) {
  CompanyV2 company(1, [](const http::Request& request, int) {
    const bool login = request.path == "/v2/auth/token" || request.path == "/v1/auth";
    return login ? std::optional(http::Response(403)) : std::nullopt;
  });
  const ConnectionReport report = Client(company.settings(PersonioApi::automatic)).source->test();
  EXPECT_FALSE(report.passed());
  EXPECT_EQ(report.api, "");
  EXPECT_EQ(said(report), (std::set<std::string>{"login::missing"}));
}

TEST(PersonioTest, SaysThatPeopleCannotBeReadAndWhatToTick) {
  for (const unsigned status : {401u, 403u}) {
    const Company company(employees(1),
                          [=](const http::Request&, int) { return http::Response(status); });
    const ConnectionReport report = Client(company).source->test();
    EXPECT_FALSE(report.passed());
    EXPECT_TRUE(said(report).contains("people:v1:missing"));
  }
}

TEST(PersonioTest, TellsAMissingPlanFromAMissingRight) {
  CompanyV2 company(1, [](const http::Request& request, int) {
    const bool entities = request.path == "/v2/legal-entities";
    return entities ? std::optional(http::Response(412)) : std::nullopt;
  });
  const std::set<std::string> items = said(Client(company.settings()).source->test());
  EXPECT_TRUE(items.contains("plan:legal entities:warning"));
  EXPECT_FALSE(items.contains("legal_entities::warning"));
}

TEST(PersonioTest, SaysThatSettingsAreWrong) {
  PersonioSettings settings = settings_for("ftp://example.com");
  const ConnectionReport report = Client(settings).source->test();
  EXPECT_FALSE(report.passed());
  EXPECT_EQ(report.items.at(0).id, "settings");
}

TEST(PersonioTest, SaysThatNobodyAnswers) {
  PersonioSettings settings = settings_for("http://127.0.0.1:1");
  const ConnectionReport report = Client(settings).source->test();
  EXPECT_FALSE(report.passed());
  EXPECT_TRUE(said(report).contains("reach::missing"));
}

// ---- attributes ---------------------------------------------------------------------------------

TEST(PersonioAttributes, AreListedWithShapesAndNeverWithValues) {
  const CompanyV2 company(3);
  const auto attributes = Client(company.settings()).source->attributes();
  ASSERT_TRUE(attributes);
  ASSERT_EQ(attributes->size(), 5u);
  EXPECT_EQ((*attributes)[0].key, "dynamic_1");
  EXPECT_EQ((*attributes)[0].sample_shape, "e-mail address");
  EXPECT_EQ((*attributes)[1].label, "Land");
  EXPECT_EQ((*attributes)[4].sample_shape, "text, 14 characters");
}

TEST(PersonioAttributes, TakeTheSampleOfCustomOnesOnly) {
  CompanyV2 company(1, [](const http::Request& request, int) -> std::optional<http::Response> {
    if (request.path != "/v1/company/employees/attributes") return std::nullopt;
    return json_answer(
        200,
        {{"data",
          {{{"key", "fix_salary"}, {"label", "Salary"}, {"type", "decimal"}},
           {{"key", "dynamic_2"}, {"label", "Land"}, {"type", "list"}, {"options", {"CH", "DE"}}},
           {{"key", "dynamic_7"},
            {"label", "Born"},
            {"type", "date"},
            {"universal_id", "date_of_birth"}}}}});
  });
  company.v1_people = 1;
  const auto attributes = Client(company.settings(PersonioApi::v1)).source->attributes();
  ASSERT_TRUE(attributes) << attributes.error().detail;
  ASSERT_EQ(attributes->size(), 3u);
  EXPECT_EQ((*attributes)[0].sample_shape, "");
  EXPECT_EQ((*attributes)[1].options, (std::vector<std::string>{"CH", "DE"}));
  EXPECT_EQ((*attributes)[1].sample_shape, "text, 2 characters");
  EXPECT_EQ((*attributes)[2].universal_id, "date_of_birth");
  const std::string asked = company.requests().back().query;
  EXPECT_EQ(asked.find("salary"), std::string::npos) << "payroll is never read";
}

TEST(PersonioAttributes, ShapesTellTheKindOnly) {
  using personio::shape_of;
  EXPECT_EQ(shape_of("1983-08-18"), "date");
  EXPECT_EQ(shape_of("a@example.org"), "e-mail address");
  EXPECT_EQ(shape_of("38,5"), "number");
  EXPECT_EQ(shape_of(80), "number");
  EXPECT_EQ(shape_of(true), "yes or no");
  EXPECT_EQ(shape_of("Zürich"), "text, 6 characters");
  EXPECT_EQ(shape_of("x"), "text, 1 character");
  EXPECT_EQ(shape_of({"a"}), "list");
  EXPECT_EQ(shape_of(nullptr), "");
  EXPECT_EQ(shape_of(""), "");
}

}  // namespace
}  // namespace refledger::ingest
