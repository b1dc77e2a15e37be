// What users of Personio's API complain about, one test each; docs/ingest.md says what is done.
#include <set>

#include "company_v2.h"
#include "ingest/personio/v1_employees.h"

namespace refledger::ingest {
namespace {

using std::chrono::seconds;

std::optional<http::Response> none() { return std::nullopt; }

std::size_t distinct(const People& people) {
  std::set<std::string> ids;
  for (const Person& one : people.people) ids.insert(one.id);
  return ids.size();
}

TEST(Complaint, TheTokenIsRotatedBlacklistedOrItsHeaderIsMissing) {
  // One token in the first answer, none echoed afterwards, and then it is taken back.
  Company company(employees(250), [](const http::Request&, int number) {
    if (number != 2) return none();
    http::Response response = json_answer(
        401, {{"success", false}, {"error", {{"message", "The token has been blacklisted"}}}});
    return std::optional(response);
  });
  Client client(company);
  const Result<People> people = client.read();
  ASSERT_TRUE(people) << people.error().detail;
  EXPECT_EQ(distinct(*people), 250u);
  EXPECT_EQ(company.count("/v1/auth"), 2) << "one new login";
}

TEST(Complaint, RightsThatAreMissingDoNotCauseAStormOfLogins) {
  const Company company(employees(1),
                        [](const http::Request&, int) { return http::Response(401); });
  Client client(company);
  for (int again = 0; again < 5; ++again) EXPECT_FALSE(client.read());
  EXPECT_EQ(company.count("/v1/auth"), 2);
}

TEST(Complaint, TheLoginAnswers429) {
  const Company company(employees(1), {},
                        [](const http::Request&, int) { return http::Response(429); });
  Client client(company);
  EXPECT_EQ(client.error(), "Personio: POST /v1/auth answered 429");
  EXPECT_TRUE(client.waited({seconds{15}, seconds{30}, seconds{60}, seconds{60}}));
  EXPECT_EQ(company.count("/v1/auth"), 5);
  EXPECT_EQ(client.error(), "Personio: POST /v1/auth answered 429");
  EXPECT_EQ(company.count("/v1/auth"), 5) << "not asked again within the cool-down";
  client.clock.advance(seconds{61});
  EXPECT_FALSE(client.read());
  EXPECT_EQ(company.count("/v1/auth"), 10);
}

TEST(Complaint, TheListIsRefusedWith429) {
  const CompanyV2 company(2, [](const http::Request& request, int number) {
    const bool busy = request.path.ends_with("/employments") && number <= 2;
    return busy ? std::optional(http::Response(429)) : std::nullopt;
  });
  Client client(company.settings());
  ASSERT_TRUE(client.read());
  EXPECT_TRUE(client.waited({seconds{1}, seconds{2}, seconds{1}, seconds{2}}));
}

TEST(Complaint, OnlyFiftyOrAHundredEmployeesAreSeen) {
  Company* there = nullptr;
  Company company(employees(230), [&](const http::Request& request, int) {
    http::Request fifty = request;  // whatever is asked, fifty come
    fifty.query = "limit=50&offset=" + http::form_value(request.query, "offset").value_or("0");
    return there->list(fifty);
  });
  there = &company;
  const Result<People> people = Client(company).read();
  ASSERT_TRUE(people) << people.error().detail;
  EXPECT_EQ(distinct(*people), 230u);
}

TEST(Complaint, ARunOfWhichAPageIsMissingIsNotApplied) {
  Company* there = nullptr;
  Company company(employees(230), [&](const http::Request& request, int) {
    if (http::form_value(request.query, "offset") != "100") return there->list(request);
    return json_answer(200, page_of({}, 230));
  });
  there = &company;
  EXPECT_FALSE(Client(company).read());
}

TEST(Complaint, PagesAreCountedFromZeroOrOneAndOffsetsInRecordsOrPages) {
  // Employees: offsets are records, whatever current_page says.
  Company* there = nullptr;
  Company company(employees(250), [&](const http::Request& request, int) {
    Json page = Json::parse(there->list(request).body());
    page["metadata"]["current_page"] = 7;
    page["metadata"]["total_pages"] = 1;
    return json_answer(200, page);
  });
  there = &company;
  const Result<People> people = Client(company).read();
  ASSERT_TRUE(people);
  EXPECT_EQ(distinct(*people), 250u);
  // Absences, whose offsets are pages from 1: absence_list_test.cpp.
}

TEST(Complaint, PeopleComeTwiceAndTotalsShrinkWhilePaging) {
  Company* there = nullptr;
  Company company(employees(250), [&](const http::Request&, int number) {
    if (number == 3) there->people.pop_back();
    return none();
  });
  there = &company;
  const Result<People> people = Client(company).read();
  ASSERT_TRUE(people) << people.error().detail;
  EXPECT_EQ(people->people.size(), 249u);
  EXPECT_EQ(distinct(*people), 249u);
}

TEST(Complaint, UpdatedSinceMissesOrRepeatsChanges) {
  // A day of overlap, in a form without a zone; whoever is named is read in any case.
  CompanyV2 company(1, [](const http::Request& request, int) -> std::optional<http::Response> {
    if (request.path != "/v1/company/employees/7") return std::nullopt;
    return json_answer(200, {{"data", {{"attributes", employee(7)}}}});
  });
  company.v1_people = 1;
  Client client(company.settings(PersonioApi::v1));
  class Ids : public PeopleVisitor {
   public:
    void restart() override { seen.clear(); }
    void person(Person&& person) override { seen.push_back(person.id); }
    void unusable(std::string) override {}
    std::vector<std::string> seen;
  } ids;
  const ReadRequest request{*parse_time("2026-11-02T08:00:00.000Z", "since"), {"7", "1", "8"}};
  const Result<Reading> reading = client.source->read_people(request, ids);
  ASSERT_TRUE(reading) << reading.error().detail;
  EXPECT_EQ(ids.seen, (std::vector<std::string>{"1", "7"}));
  EXPECT_FALSE(reading->complete) << "a full sweep is still due";
  const std::string query = company.requests().at(1).query;
  EXPECT_EQ(http::form_value(query, "updated_since"), "2026-11-01T08:00:00") << query;
}

TEST(Complaint, AnAttributeIsMissingWithoutAnError) {
  for (const char* key : {"status", "termination_date"}) {
    std::vector<Json> all = employees(3);
    for (Json& one : all) one.erase(key);
    const Company company(all);
    EXPECT_EQ(Client(company).error(), "Personio does not deliver the attribute " +
                                           std::string(key) + ": tick it for this API credential");
  }
  // There and empty is something else.
  const Company company(employees(3));
  EXPECT_FALSE(Client(company).read()->people[0].termination_date);
}

TEST(Complaint, AnAttributeIsMissingOnOnePageOnly) {
  Company* there = nullptr;
  Company company(employees(150), [&](const http::Request& request, int number) {
    Json page = Json::parse(there->list(request).body());
    if (number == 2) {
      for (Json& one : page["data"]) one["attributes"].erase("dynamic_3");
    }
    return json_answer(200, page);
  });
  there = &company;
  const Result<People> people = Client(company).read();
  ASSERT_TRUE(people) << people.error().detail;
  EXPECT_EQ(people->people.size(), 150u);
  for (const Person& one : people->people) EXPECT_NE(one.mapped_value("language"), nullptr);
  EXPECT_EQ(company.count("/v1/company/employees"), 4) << "read again";
}

TEST(Complaint, LabelsAreInAnotherLanguageOrRenamed) {
  std::vector<Json> all = employees(2);
  for (Json& one : all) {
    for (auto& [key, attribute] : one.items()) attribute["label"] = "Umbenannt " + key;
  }
  const Company company(all);
  const Result<People> people = Client(company).read();
  ASSERT_TRUE(people);
  EXPECT_EQ(people->people[0].mapped_value("country")->value, "CH");
  EXPECT_EQ(people->people[0].position->value, "Buchhalterin");
}

TEST(Complaint, AMappedAttributeDisappears) {
  std::vector<Json> all = employees(2);
  for (Json& one : all) one.erase("dynamic_4");
  const Company company(all);
  EXPECT_EQ(Client(company).read()->not_delivered,
            (std::vector<std::string>{"reference_wish: dynamic_4"}));
}

TEST(Complaint, AUniversalIdNamesTheSameAttributeInEveryCompany) {
  std::vector<Json> all = employees(1);
  all[0]["dynamic_77"] = attribute("1983-08-18");
  CompanyV2 company(0, [&](const http::Request& request, int) -> std::optional<http::Response> {
    if (request.path == "/v1/company/employees/attributes") {
      return json_answer(200,
                         {{"data", {{{"key", "dynamic_77"}, {"universal_id", "date_of_birth"}}}}});
    }
    if (request.path != "/v1/company/employees") return std::nullopt;
    return json_answer(200, page_of(all, 1));
  });
  company.v1_people = 1;
  PersonioSettings settings = company.settings(PersonioApi::v1);
  settings.mapping = {{"birthdate", "date_of_birth"}};
  const Result<People> people = Client(settings).read();
  ASSERT_TRUE(people) << people.error().detail;
  EXPECT_EQ(people->people[0].mapped_value("birthdate")->value, "1983-08-18");
  EXPECT_NE(company.requests().back().query.find("dynamic_77"), std::string::npos);
}

TEST(Complaint, TheContractsEndIsNullAndTheLastWorkingDayIsStale) {
  std::vector<Json> all = employees(1);
  all[0]["contract_end_date"]["value"] = nullptr;
  all[0]["last_working_day"]["value"] = "2015-01-31T00:00:00+01:00";
  const Company company(all);
  const Person one = Client(company).read()->people[0];
  EXPECT_FALSE(one.contract_end);
  EXPECT_FALSE(one.termination_date) << "only the definitive date is an end";
  EXPECT_EQ(format_date(one.last_working_day->value), "2015-01-31");
}

TEST(Complaint, DaysAreOffByOne) {
  for (const char* text : {"2026-03-29T00:00:00+01:00", "2026-03-29T00:00:00+0200",
                           "2026-03-29T00:00:00-11:00", "2026-03-29"}) {
    std::vector<Json> all = employees(1);
    all[0]["termination_date"]["value"] = text;
    const Company company(all);
    EXPECT_EQ(format_date(Client(company).read()->people[0].termination_date->value), "2026-03-29")
        << text;
  }
}

TEST(Complaint, JsonTypesAreWrong) {
  std::vector<Json> all = employees(1);
  all[0]["id"]["value"] = "1";
  all[0]["weekly_working_hours"]["value"] = 38.5;
  all[0]["department"]["value"] = "";
  all[0]["subcompany"]["value"] = Json::array();
  const Company company(all, [&](const http::Request&, int) {
    Json page = page_of(all, 1);
    page["metadata"]["total_elements"] = "1";
    page["offset"] = "0,";
    page["limit"] = "100,";
    return json_answer(200, page);
  });
  const Result<People> people = Client(company).read();
  ASSERT_TRUE(people) << people.error().detail;
  EXPECT_EQ(people->people[0].weekly_hours->value, "38.5");
  EXPECT_FALSE(people->people[0].department || people->people[0].legal_entity);
}

TEST(Complaint, EmploymentsOfV2CostARequestEachAndAnswer502) {
  int failures = 0;
  const CompanyV2 company(10, [&](const http::Request& request, int number) {
    const bool fails = request.path.ends_with("/employments") && number == 1 && ++failures <= 3;
    return fails ? std::optional(http::Response(502)) : std::nullopt;
  });
  Client client(company.settings());
  const Result<People> people = client.read();
  ASSERT_TRUE(people) << people.error().detail;
  EXPECT_EQ(people->people.size(), 10u);
  EXPECT_EQ(client.waits.size(), 3u);
}

TEST(Complaint, V2TellsDepartmentsByIdOnly) {
  const CompanyV2 company(30);
  const Result<People> people = Client(company.settings()).read();
  ASSERT_TRUE(people);
  for (const Person& one : people->people) EXPECT_EQ(one.department->value, "Finanzen");
  EXPECT_EQ(company.count("/v2/org-units/28"), 1);
}

TEST(Complaint, ThereIsNoSandboxForCustomers) {
  // So what was recorded is what counts: tests/vectors/personio, and the sandbox of tools/.
  const Result<personio::Page> page = personio::parse_page(test::vector_file("personio/page.json"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->employees.size(), 3u);
}

}  // namespace
}  // namespace refledger::ingest
