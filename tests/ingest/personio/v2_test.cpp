// The client against a server of v2's shape: the same people as from v1, and nobody lost.
#include <set>

#include "company_v2.h"
#include "ingest/personio/v2_employments.h"

namespace refledger::ingest {
namespace {

using std::chrono::seconds;

const char* const kMoved =
    "Personio: the list of people did not hold still or its pages do not add up; read 3 times, "
    "nothing taken over";

std::optional<http::Response> only(const http::Request& request, std::string_view path,
                                   http::Response response) {
  return request.path == path ? std::optional(std::move(response)) : std::nullopt;
}

TEST(PersonioV2, ReadsEverybodyPageByPage) {
  for (const int count : {0, 1, 49, 50, 51, 120}) {
    const CompanyV2 company(count);
    Client client(company.settings());
    const Result<People> people = client.read();
    ASSERT_TRUE(people) << people.error().detail;
    std::set<std::string> ids;
    for (const Person& one : people->people) ids.insert(one.id);
    EXPECT_EQ(ids.size(), static_cast<std::size_t>(count));
    EXPECT_EQ(people->people.size(), static_cast<std::size_t>(count));
    const int pages = count <= 50 ? 1 : (count + 49) / 50;
    const bool last_is_full = count > 0 && count % 50 == 0;
    EXPECT_EQ(company.count("/v2/persons"), last_is_full ? pages : pages + 1)
        << "a page that is not full is asked for twice";
    EXPECT_EQ(company.count("/v2/auth/token"), 1);
  }
}

TEST(PersonioV2, TellsTheSameLeaverAsV1) {
  std::vector<Json> all = employees(1);
  all[0]["status"]["value"] = "inactive";
  all[0]["termination_date"]["value"] = "2026-09-30T00:00:00+02:00";
  all[0]["last_working_day"]["value"] = "2026-09-11T00:00:00+02:00";
  all[0]["termination_type"]["value"] = "employee";
  const Company first(all);
  const Result<People> v1 = Client(first).read();
  CompanyV2 second(1);
  second.employments["1"] = {ended_v2(1)};
  const Result<People> v2 = Client(second.settings()).read();
  ASSERT_TRUE(v1 && v2);
  const Person& one = v1->people.at(0);
  const Person& two = v2->people.at(0);
  EXPECT_EQ(one.id, two.id);
  EXPECT_EQ(one.employment_id, "");
  EXPECT_EQ(two.employment_id, "e-1");
  EXPECT_EQ(one.status.value, two.status.value);
  EXPECT_EQ(one.given_name.value, two.given_name.value);
  EXPECT_EQ(one.family_name.value, two.family_name.value);
  EXPECT_EQ(one.hire_date.value, two.hire_date.value);
  EXPECT_EQ(one.position->value, two.position->value);
  EXPECT_EQ(one.department->value, two.department->value);
  EXPECT_EQ(one.weekly_hours->value, two.weekly_hours->value);
  EXPECT_EQ(one.work_email->value, two.work_email->value);
  EXPECT_EQ(one.gender->value, two.gender->value);
  EXPECT_EQ(one.legal_entity->value, two.legal_entity->value);
  EXPECT_EQ(one.termination_date->value, two.termination_date->value);
  EXPECT_EQ(one.termination_type->value, two.termination_type->value);
  EXPECT_EQ(one.last_working_day->value, two.last_working_day->value);
  ASSERT_EQ(one.mapped.size(), two.mapped.size());
  for (const auto& [field, value] : one.mapped) {
    EXPECT_EQ(value.value, two.mapped_value(field)->value) << field;
  }
}

TEST(PersonioV2, SendsTheCredentialsAsAFormAndKeepsTheTokenForItsRemainingLife) {
  const CompanyV2 company(1);
  Client client(company.settings());
  ASSERT_TRUE(client.read());
  const http::Request login = company.requests().at(0);
  EXPECT_EQ(login.header("content-type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(login.body,
            "grant_type=client_credentials&client_id=papi-id&client_secret=papi-secret");
  EXPECT_EQ(login.query, "");
  client.clock.advance(seconds{4711 - 61});
  ASSERT_TRUE(client.read());
  EXPECT_EQ(company.count("/v2/auth/token"), 1);
  client.clock.advance(seconds{1});
  ASSERT_TRUE(client.read());
  EXPECT_EQ(company.count("/v2/auth/token"), 2);
}

TEST(PersonioV2, TakesACursorFromALinkAndNeverItsHost) {
  for (const char* host : {"https://evil.example", "", "//evil.example"}) {
    CompanyV2 company(51);
    company.next_host = host;
    ASSERT_TRUE(Client(company.settings()).read());
    EXPECT_EQ(company.count("/v2/persons"), 3);
    EXPECT_EQ(http::form_value(company.requests().back().query, "limit").value_or("50"), "50");
  }
}

TEST(PersonioV2, StopsWhereACursorComesAgainAndReadsTheListAnew) {
  int lists = 0;
  CompanyV2* there = nullptr;
  CompanyV2 company(120, [&](const http::Request& request, int) -> std::optional<http::Response> {
    if (request.path != "/v2/persons" || ++lists != 2) return std::nullopt;
    http::Request first = request;  // the second page's link leads to itself
    Json page = Json::parse(there->list(first).body());
    page["_meta"]["links"]["next"]["href"] = "/v2/persons?cursor=cur_50";
    return json_answer(200, page);
  });
  there = &company;
  const Result<People> people = Client(company.settings()).read();
  ASSERT_TRUE(people) << people.error().detail;
  EXPECT_EQ(people->people.size(), 120u) << "nobody twice, nobody lost";
}

TEST(PersonioV2, TakesALastPageThatLinksToItself) {
  int lists = 0;
  CompanyV2* there = nullptr;
  CompanyV2 company(60, [&](const http::Request& request, int) -> std::optional<http::Response> {
    if (request.path != "/v2/persons" || ++lists == 1) return std::nullopt;
    Json page = Json::parse(there->list(request).body());
    page["_meta"]["links"]["next"]["href"] = "/v2/persons?cursor=cur_50";
    return json_answer(200, page);
  });
  there = &company;
  const Result<People> people = Client(company.settings()).read();
  ASSERT_TRUE(people) << people.error().detail;
  EXPECT_EQ(people->people.size(), 60u);
  EXPECT_EQ(lists, 3);
}

TEST(PersonioV2, NoticesSomebodyWhoIsLeftOutOnce) {
  for (const int number : {1, 2, 3}) {
    int lists = 0;
    CompanyV2* there = nullptr;
    CompanyV2 company(90, [&](const http::Request& request, int) -> std::optional<http::Response> {
      if (request.path != "/v2/persons" || ++lists != number) return std::nullopt;
      Json page = Json::parse(there->list(request).body());
      page["_data"].erase(page["_data"].size() - 1);
      return json_answer(200, page);
    });
    there = &company;
    const Result<People> people = Client(company.settings()).read();
    ASSERT_TRUE(people) << people.error().detail;
    EXPECT_EQ(people->people.size(), 90u) << number;
  }
}

TEST(PersonioV2, TakesNothingFromPagesThatRepeatSomebodyForEver) {
  const CompanyV2 company(1, [](const http::Request& request, int number) {
    const Json page = {
        {"_data", {person_v2(1)}},
        {"_meta", {{"links", {{"next", {{"href", "?cursor=c" + std::to_string(number)}}}}}}}};
    return only(request, "/v2/persons", json_answer(200, page));
  });
  EXPECT_EQ(Client(company.settings()).error(), kMoved);
  EXPECT_EQ(company.count("/v2/persons"), 12);
}

TEST(PersonioV2, RefusesALinkWithoutAUsableCursor) {
  for (const char* href : {"https://api.personio.de/v2/persons", "?cursor=", "?cursor=a b",
                           "?cursor=a\r\nX: y", "?cursor=a%00\"", "#cursor=a"}) {
    const CompanyV2 company(1, [&](const http::Request& request, int) {
      const Json page = {{"_data", {person_v2(1)}},
                         {"_meta", {{"links", {{"next", {{"href", href}}}}}}}};
      return only(request, "/v2/persons", json_answer(200, page));
    });
    EXPECT_EQ(Client(company.settings()).error(), "the next page's link has no usable cursor")
        << href;
  }
}

// ---- what may be missing ------------------------------------------------------------------------

TEST(PersonioV2, ReportsNamesThatMayNotBeReadAndGoesOn) {
  for (const unsigned status : {400u, 401u, 403u, 412u}) {
    const CompanyV2 company(3, [=](const http::Request& request, int) {
      const bool optional = request.path.starts_with("/v2/org-units") ||
                            request.path.starts_with("/v2/legal-entities");
      return optional ? std::optional(http::Response(status)) : std::nullopt;
    });
    Client client(company.settings());
    const Result<People> people = client.read();
    ASSERT_TRUE(people) << status << people.error().detail;
    EXPECT_EQ(people->people.size(), 3u);
    EXPECT_EQ(people->not_delivered, (std::vector<std::string>{"department", "subcompany"}))
        << status;
    EXPECT_LE(company.count("/v2/org-units/28"), 2) << "not asked again for each person";
    EXPECT_LE(company.count("/v2/auth/token"), 2);
  }
}

TEST(PersonioV2, LooksEachNameUpOnce) {
  const CompanyV2 company(20);
  ASSERT_TRUE(Client(company.settings()).read());
  EXPECT_EQ(company.count("/v2/org-units/28"), 1);
  EXPECT_EQ(company.count("/v2/legal-entities"), 1);
}

TEST(PersonioV2, NamesWhatIsTickedForNobody) {
  CompanyV2 company(2);
  for (Json& one : company.people) one.erase("last_name");
  EXPECT_EQ(Client(company.settings()).error(),
            "Personio does not deliver the attribute last_name: tick it for this API credential");
}

TEST(PersonioV2, NamesAnEndThatIsKeptBackFromUs) {
  CompanyV2 company(2);
  company.employments["2"] = {ended_v2(2)};
  company.employments["2"][0].erase("termination");
  company.employments["2"][0].erase("employment_end_date");
  EXPECT_EQ(Client(company.settings()).error(),
            "Personio does not deliver the attribute termination_date: tick it for this API "
            "credential");
}

TEST(PersonioV2, TakesAnEndThatIsNullForNoneAndNotForOneThatIsKeptBack) {
  CompanyV2 company(2);
  company.employments["2"] = {ended_v2(2)};
  company.employments["2"][0]["employment_end_date"] = nullptr;
  company.employments["2"][0]["termination"] = nullptr;
  const Result<People> people = Client(company.settings()).read();
  ASSERT_TRUE(people) << people.error().detail;
  ASSERT_EQ(people->people.size(), 2u);
  EXPECT_FALSE(people->people[1].termination_date);
  EXPECT_TRUE(people->people[1].tells_termination_type);
  EXPECT_FALSE(people->people[0].tells_termination_type);
  EXPECT_TRUE(people->not_delivered.empty());
}

TEST(PersonioV2, RefusesLeaversOfWhomItIsNotToldHowTheyLeft) {
  CompanyV2 company(2);
  company.employments["2"] = {ended_v2(2)};
  company.employments["2"][0]["termination"]["type"] = nullptr;
  EXPECT_TRUE(Client(company.settings()).read());
  company.employments["2"][0]["termination"].erase("type");
  EXPECT_EQ(Client(company.settings()).error(),
            "Personio does not deliver the attribute termination_type: tick it for this API "
            "credential");
}

TEST(PersonioV2, ListsWhatNobodysRecordHasAndNotWhatIsNullForAll) {
  CompanyV2 company(2);
  company.employments["2"] = {ended_v2(2)};
  company.employments["2"][0]["termination"].erase("last_working_day");
  for (Json& one : company.people) one["gender"] = nullptr;
  for (auto& [id, all] : company.employments) {
    all[0]["position"] = nullptr;
    all[0]["weekly_working_hours"] = nullptr;
    all[0].erase("contract_end_date");
  }
  const Result<People> people = Client(company.settings()).read();
  ASSERT_TRUE(people) << people.error().detail;
  EXPECT_EQ(people->not_delivered,
            (std::vector<std::string>{"contract_end_date", "last_working_day"}));
}

TEST(PersonioV2, ReportsAPersonWithoutEmployment) {
  CompanyV2 company(2);
  company.employments["2"] = {};
  company.people[1]["employments"] = Json::array();
  const Result<People> people = Client(company.settings()).read();
  ASSERT_TRUE(people);
  EXPECT_EQ(people->unusable, (std::vector<std::string>{"2: employments: none"}));
}

TEST(PersonioV2, AsksAgainForAPersonWhoseAnswersAreNotWhole) {
  // Once an employment is left out, once its start, once a name on the list.
  for (const int kind : {0, 1, 2}) {
    CompanyV2* there = nullptr;
    CompanyV2 company(
        3, [&](const http::Request& request, int number) -> std::optional<http::Response> {
          Json one = there->employments["2"][0];
          if (kind == 2 && request.path == "/v2/persons") {
            Json page = Json::parse(there->list(request).body());
            page["_data"][1].erase("last_name");
            return json_answer(200, page);
          }
          if (kind == 2 || request.path != "/v2/persons/2/employments" || number != 1) return {};
          one.erase("employment_start_date");
          return json_answer(200, {{"_data", kind == 0 ? Json::array() : Json::array({one})}});
        });
    there = &company;
    const Result<People> people = Client(company.settings()).read();
    ASSERT_TRUE(people) << people.error().detail;
    EXPECT_EQ(people->people.size(), 3u) << kind;
    EXPECT_TRUE(people->unusable.empty()) << kind;
  }
}

TEST(PersonioV2, NamesAPersonWhoseEmploymentsNeverAllCome) {
  CompanyV2 company(2);
  company.people[1]["employments"].push_back({{"id", "e-7"}});
  const Result<People> people = Client(company.settings()).read();
  ASSERT_TRUE(people);
  EXPECT_EQ(people->unusable, (std::vector<std::string>{"2: employments: not all of them came"}));
}

TEST(PersonioV2, SurfacesTheServersReasonWithoutAnybodysData) {
  const CompanyV2 company(1, [](const http::Request& request, int) {
    const Json body = {{"personio_trace_id", "1"},
                       {"errors",
                        {{{"title", "Bad request"},
                          {"detail", "Parameter [legal_entity.id] is invalid for jana@example.com"},
                          {"type", nullptr}}}}};
    return only(request, "/v2/persons", json_answer(400, body));
  });
  EXPECT_EQ(Client(company.settings()).error(),
            "Personio: GET /v2/persons answered 400: Parameter [legal_entity.id] is invalid for …");
}

// ---- which employment counts --------------------------------------------------------------------

personio::Employment starting(const char* id, const char* start) {
  const Json body = {{"_data", {{{"id", id}, {"employment_start_date", start}}}}};
  return personio::parse_employments(body.dump())->employments.at(0);
}

TEST(PersonioV2, CountsTheNewestEmploymentThatHasBegun) {
  const Date today = *parse_date("2026-11-02", "today");
  const std::vector<personio::Employment> all = {starting("future", "2027-01-01"),
                                                 starting("new", "2026-10-15"),
                                                 starting("old", "2019-01-01")};
  EXPECT_EQ(personio::current(all, today)->id, "new");
  EXPECT_EQ(personio::current({all[0]}, today)->id, "future");
  EXPECT_EQ(personio::current({}, today), nullptr);
  EXPECT_EQ(personio::current({starting("odd", "soon"), all[2]}, today)->id, "old");
  EXPECT_EQ(personio::current({starting("odd", "soon")}, today)->id, "odd");
}

TEST(PersonioV2, AnEmploymentsOwnEndCountsOnlyOnceItIsOver) {
  CompanyV2 company(2);
  company.employments["1"][0]["employment_end_date"] = "2027-12-31";
  company.employments["2"] = {ended_v2(2)};
  company.employments["2"][0]["termination"] = nullptr;
  const Result<People> people = Client(company.settings()).read();
  ASSERT_TRUE(people);
  EXPECT_FALSE(people->people[0].termination_date);
  EXPECT_EQ(format_date(people->people[1].termination_date->value), "2026-09-30");
}

TEST(PersonioV2, TakesBothSpellingsOfTheLastWorkingDayAndEnumsInAnyLetters) {
  CompanyV2 company(1);
  Json one = ended_v2(1);
  one["status"] = "inactive";
  one["org_units"][1]["type"] = "DEPARTMENT";
  one["termination"] = {{"termination_date", "2026-09-30"},
                        {"last_working_date", "2026-09-11"},
                        {"type", "SUB_COMPANY_SWITCH"}};
  company.employments["1"] = {one};
  const Result<People> people = Client(company.settings()).read();
  ASSERT_TRUE(people);
  EXPECT_EQ(format_date(people->people[0].last_working_day->value), "2026-09-11");
  EXPECT_EQ(people->people[0].termination_type->value, "sub_company_switch");
  EXPECT_EQ(people->people[0].department->value, "Finanzen");
}

TEST(PersonioV2, TakesCustomValuesOfAnyTypeAndDropsWhatIsNotMapped) {
  CompanyV2 company(1);
  PersonioSettings settings = company.settings();
  settings.mapping = {
      {"workload", "dynamic_1"}, {"birthdate", "date_of_birth"}, {"role_level", "dynamic_3"}};
  company.people[0]["custom_attributes"] = {
      {{"id", "dynamic_1"}, {"value", 80}},
      {{"id", "dynamic_2"}, {"global_id", "date_of_birth"}, {"value", "1983-08-18"}},
      {{"id", "dynamic_3"}, {"value", {"Kader"}}},
      {{"id", "dynamic_9"}, {"value", true}}};
  const Result<People> people = Client(settings).read();
  ASSERT_TRUE(people) << people.error().detail;
  ASSERT_EQ(people->people.size(), 1u);
  EXPECT_EQ(people->people[0].mapped.size(), 3u);
  EXPECT_EQ(people->people[0].mapped_value("workload")->value, "80");
  EXPECT_EQ(people->people[0].mapped_value("birthdate")->value, "1983-08-18");
  EXPECT_EQ(people->people[0].mapped_value("role_level")->value, "Kader");
}

// ---- changes only -------------------------------------------------------------------------------

class Ids : public PeopleVisitor {
 public:
  void restart() override { seen.clear(); }
  void person(Person&& person) override { seen.push_back(person.id); }
  void unusable(std::string what) override { seen.push_back("! " + what); }
  std::vector<std::string> seen;
};

TEST(PersonioV2, FindsWhomTheListAlwaysLeavesOutOnceTheyAreKnown) {
  CompanyV2* there = nullptr;
  CompanyV2 company(90, [&](const http::Request& request, int) -> std::optional<http::Response> {
    if (request.path != "/v2/persons") return std::nullopt;
    Json page = Json::parse(there->list(request).body());
    if (page["_data"].size() < 50) page["_data"].erase(page["_data"].size() - 1);
    return json_answer(200, page);
  });
  there = &company;
  Client client(company.settings());
  Ids ids;
  ASSERT_TRUE(client.source->read_people({}, ids));
  EXPECT_EQ(ids.seen.size(), 89u) << "nobody can notice, for there is no total";
  ReadRequest request;
  for (int id = 1; id <= 90; ++id) request.also.push_back(std::to_string(id));
  ids.seen.clear();
  const Result<Reading> reading = client.source->read_people(request, ids);
  ASSERT_TRUE(reading) << reading.error().detail;
  EXPECT_TRUE(reading->complete);
  EXPECT_EQ(ids.seen.size(), 90u);
  EXPECT_EQ(ids.seen.back(), "90");
}

TEST(PersonioV2, TakesOneAnswerOfV1ForTheTotalWhereNobodyIsMissing) {
  CompanyV2 company(7);
  company.v1_people = 7;
  Client client(company.settings(PersonioApi::automatic));
  Ids ids;
  const Result<Reading> reading = client.source->read_people({}, ids);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->unaccounted, 0u);
  EXPECT_EQ(ids.seen.size(), 7u);
  EXPECT_EQ(company.count("/v1/company/employees"), 1);
}

TEST(PersonioV2, CountsThoseWhomV1CountsAndNobodyNames) {
  CompanyV2 company(7);
  company.v1_people = 40;  // more than half are missing: none is asked for
  Client client(company.settings(PersonioApi::automatic));
  Ids ids;
  ReadRequest request;
  request.also = {"900"};  // known once, and deleted
  const Result<Reading> reading = client.source->read_people(request, ids);
  ASSERT_TRUE(reading) << reading.error().detail;
  EXPECT_EQ(ids.seen.size(), 7u);
  EXPECT_EQ(reading->unaccounted, 33u);
}

TEST(PersonioV2, AsksAloneForWhomV1ListsBesides) {
  CompanyV2* there = nullptr;
  CompanyV2 company(7, [&](const http::Request& request, int) -> std::optional<http::Response> {
    if (request.path != "/v2/persons") return std::nullopt;
    Json page = Json::parse(there->list(request).body());
    if (page["_data"].size() > 1) page["_data"].erase(2);
    return json_answer(200, page);
  });
  there = &company;
  company.v1_people = 8;  // of the eighth v2 knows nothing
  Client client(company.settings(PersonioApi::automatic));
  Ids ids;
  const Result<Reading> reading = client.source->read_people({}, ids);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->unaccounted, 1u);
  EXPECT_EQ(ids.seen.size(), 7u);
  EXPECT_EQ(ids.seen.back(), "3");
  for (const http::Request& request : company.requests()) {
    if (request.path != "/v1/company/employees") continue;
    EXPECT_NE(request.query.find("attributes%5B%5D=id"), std::string::npos) << "ids alone";
  }
}

TEST(PersonioV2, AsksForNobodyAloneWhereMostAreMissing) {
  CompanyV2 company(20);
  Client client(company.settings());
  Ids ids;
  ReadRequest request;
  for (int id = 1; id <= 60; ++id) request.also.push_back(std::to_string(id));
  const Result<Reading> reading = client.source->read_people(request, ids);
  ASSERT_TRUE(reading) << reading.error().detail;
  EXPECT_EQ(ids.seen.size(), 20u);
  EXPECT_EQ(company.count("/v2/persons/60"), 0);
}

TEST(PersonioV2, AsksForChangesWithAnOverlapAndForWhoIsNamed) {
  const CompanyV2 company(3, [](const http::Request& request, int) {
    const Json page = {{"_data", {person_v2(2)}}};
    const bool changes = request.query.find("updated_at.gt") != std::string::npos;
    return changes ? only(request, "/v2/persons", json_answer(200, page)) : std::nullopt;
  });
  Client client(company.settings());
  Ids ids;
  const ReadRequest request{*parse_time("2026-11-02T08:00:00.000Z", "since"), {"3", "2", "99"}};
  const Result<Reading> reading = client.source->read_people(request, ids);
  ASSERT_TRUE(reading) << reading.error().detail;
  EXPECT_EQ(ids.seen, (std::vector<std::string>{"2", "3"})) << "99 is not known any more";
  EXPECT_FALSE(reading->complete);
  EXPECT_EQ(reading->people, 2u);
  EXPECT_EQ(company.requests().at(1).query, "limit=50&updated_at.gt=2026-11-02T07:00:00Z");
  EXPECT_EQ(company.count("/v2/persons/1/employments"), 0) << "employments of the changed only";
}

TEST(PersonioV2, ReadsOnePersonOrSaysThatThereIsNone) {
  const CompanyV2 company(2);
  Client client(company.settings());
  const Result<std::optional<Person>> there = client.source->read_person("2");
  ASSERT_TRUE(there && *there);
  EXPECT_EQ((*there)->id, "2");
  const Result<std::optional<Person>> gone = client.source->read_person("3");
  ASSERT_TRUE(gone);
  EXPECT_FALSE(*gone);
  EXPECT_EQ(client.source->read_person("../1").error().fault, Fault::malformed);
}

// ---- which version ------------------------------------------------------------------------------

TEST(PersonioVersions, TakesV2WhereTheCredentialOpensIt) {
  CompanyV2 company(1);
  company.v1_people = 1;
  Client client(company.settings(PersonioApi::automatic));
  Ids ids;
  EXPECT_EQ(client.source->read_people({}, ids)->api, "v2");
  EXPECT_EQ(ids.seen, (std::vector<std::string>{"1"}));
  EXPECT_TRUE(client.source->read_person("1"));
  EXPECT_EQ(company.count("/v1/company/employees/1"), 0);
}

TEST(PersonioVersions, FallsBackToV1WhereV2IsRefused) {
  for (const char* path : {"/v2/auth/token", "/v2/persons", "/v2/persons/1/employments"}) {
    for (const unsigned status : {400u, 401u, 403u, 404u}) {
      CompanyV2 company(1, [=](const http::Request& request, int) {
        return only(request, path, http::Response(status));
      });
      company.v1_people = 1;
      Client client(company.settings(PersonioApi::automatic));
      Ids ids;
      const Result<Reading> reading = client.source->read_people({}, ids);
      ASSERT_TRUE(reading) << path << status << reading.error().detail;
      EXPECT_EQ(reading->api, "v1");
      EXPECT_EQ(ids.seen, (std::vector<std::string>{"1"}));
    }
  }
}

TEST(PersonioVersions, DoesNotChangeTheVersionBecauseV2IsDown) {
  CompanyV2 company(1, [](const http::Request& request, int) {
    return only(request, "/v2/persons", http::Response(502));
  });
  company.v1_people = 1;
  Client client(company.settings(PersonioApi::automatic));
  EXPECT_EQ(client.error(), "Personio: GET /v2/persons answered 502");
  EXPECT_EQ(company.count("/v1/auth"), 0);
}

TEST(PersonioVersions, AsksByGetOnlyExceptForTheTokenInBothVersions) {
  CompanyV2 company(3);
  company.v1_people = 1;
  company.employments["2"] = {ended_v2(2)};
  Client client(company.settings(PersonioApi::automatic));
  ASSERT_TRUE(client.read());
  ASSERT_TRUE(client.source->read_person("1"));
  (void)client.source->attributes();
  (void)client.source->read_absences(client.read()->people[0]);
  (void)client.source->test();
  for (const http::Request& request : company.requests()) {
    const bool login = request.path == "/v1/auth" || request.path == "/v2/auth/token";
    EXPECT_EQ(request.method, login ? "POST" : "GET") << request.path;
    EXPECT_EQ(request.body.empty(), !login) << request.path;
    EXPECT_EQ(request.query.find("secret"), std::string::npos);
  }
}

TEST(PersonioVersions, KeepsOneLineOpenForAWholeReading) {
  const CompanyV2 company(60);
  Client client(company.settings());
  ASSERT_TRUE(client.read());
  for (const http::Request& request : company.requests()) {
    EXPECT_NE(request.header("connection"), "close") << request.path;
  }
}

}  // namespace
}  // namespace refledger::ingest
