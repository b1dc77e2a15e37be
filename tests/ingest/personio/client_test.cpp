// The whole client against a server of Personio's shape: complete or nothing, patient within
// bounds, read-only, and asking for no more than it needs.
#include "ingest/personio/client.h"

#include <set>

#include "company.h"

namespace refledger::ingest {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::set<std::string> ids_of(const People& people) {
  std::set<std::string> ids;
  for (const Person& person : people.people) ids.insert(person.id);
  return ids;
}

const char* const kUnsteady =
    "Personio: the list of people did not hold still or its pages do not add up; read 3 times, "
    "nothing taken over";

// ---- the good way -------------------------------------------------------------------------------

TEST(Personio, ReadsEverybodyPageByPage) {
  for (const int count : {0, 1, 99, 100, 101, 200, 250}) {
    const Company company(employees(count));
    Client client(company);
    const Result<People> people = client.read();
    ASSERT_TRUE(people) << people.error().detail;
    EXPECT_EQ(ids_of(*people).size(), static_cast<std::size_t>(count));
    EXPECT_EQ(people->people.size(), static_cast<std::size_t>(count));
    EXPECT_EQ(people->read_at, client.clock.now());
    EXPECT_EQ(company.count("/v1/company/employees"), count == 0 ? 1 : (count + 99) / 100);
  }
}

TEST(Personio, AsksByGetOnlyExceptForTheToken) {
  const Company company(employees(150));
  ASSERT_TRUE(Client(company).read());
  for (const http::Request& request : company.requests()) {
    if (request.path == "/v1/auth") {
      EXPECT_EQ(request.method, "POST");
    } else {
      EXPECT_EQ(request.method, "GET");
      EXPECT_EQ(request.body, "");
    }
  }
  EXPECT_EQ(company.count("/v1/auth"), 1);
  EXPECT_EQ(company.count("/v1/company/employees"), 2);
  EXPECT_EQ(company.requests().size(), 3u);
}

TEST(Personio, AsksForTheNeededAttributesAndNoOther) {
  const Company company(employees(1));
  ASSERT_TRUE(Client(company).read());
  EXPECT_EQ(company.requests()[1].query,
            "limit=100&offset=0"
            "&attributes%5B%5D=id&attributes%5B%5D=status&attributes%5B%5D=first_name"
            "&attributes%5B%5D=last_name&attributes%5B%5D=hire_date"
            "&attributes%5B%5D=termination_date&attributes%5B%5D=termination_type"
            "&attributes%5B%5D=position&attributes%5B%5D=department"
            "&attributes%5B%5D=contract_end_date&attributes%5B%5D=last_working_day"
            "&attributes%5B%5D=weekly_working_hours&attributes%5B%5D=email"
            "&attributes%5B%5D=gender&attributes%5B%5D=subcompany&attributes%5B%5D=dynamic_2"
            "&attributes%5B%5D=dynamic_3&attributes%5B%5D=dynamic_1&attributes%5B%5D=dynamic_4");
}

TEST(Personio, SendsTheCredentialsInTheBodyAndNowhereElse) {
  const Company company(employees(1));
  ASSERT_TRUE(Client(company).read());
  const std::vector<http::Request> requests = company.requests();
  EXPECT_EQ(requests[0].body, R"({"client_id":"papi-id","client_secret":"papi-secret"})");
  EXPECT_EQ(requests[0].header("content-type"), "application/json");
  EXPECT_EQ(requests[0].query, "");
  EXPECT_EQ(requests[0].header("authorization"), "");
  EXPECT_EQ(requests[1].header("authorization"), "Bearer papi-token-1");
  EXPECT_EQ(requests[1].query.find("papi"), std::string::npos);
}

// ---- the token ----------------------------------------------------------------------------------

TEST(Personio, KeepsItsTokenWhateverIsEchoedAndUntilShortlyBeforeItRunsOut) {
  const Company company(employees(150));
  Client client(company);
  ASSERT_TRUE(client.read());
  client.clock.advance(seconds{86400 - 61});
  ASSERT_TRUE(client.read());
  EXPECT_EQ(company.count("/v1/auth"), 1);
  for (const http::Request& request : company.requests()) {
    if (request.path == "/v1/auth") continue;
    EXPECT_EQ(request.header("authorization"), "Bearer papi-token-1");
  }
  client.clock.advance(seconds{1});
  ASSERT_TRUE(client.read());
  EXPECT_EQ(company.count("/v1/auth"), 2);
}

TEST(Personio, AuthenticatesOnceMoreWhenTheTokenWasTakenBack) {
  const Company company(employees(1), [](const http::Request&, int number) {
    return number == 1 ? std::optional(http::Response(401)) : std::nullopt;
  });
  Client client(company);
  ASSERT_TRUE(client.read());
  EXPECT_EQ(company.count("/v1/auth"), 2);
  EXPECT_EQ(company.requests().back().header("authorization"), "Bearer papi-token-2");
  EXPECT_TRUE(client.waits.empty());
}

TEST(Personio, GivesUpAfterTheSecond401) {
  const Company company(employees(1),
                        [](const http::Request&, int) { return http::Response(401); });
  Client client(company);
  const Result<People> people = client.read();
  ASSERT_FALSE(people);
  EXPECT_EQ(people.error(),
            (Error{Fault::refused, "Personio: GET /v1/company/employees answered 401"}));
  EXPECT_EQ(company.count("/v1/auth"), 2);
  EXPECT_EQ(company.count("/v1/company/employees"), 2);
}

TEST(Personio, NamesRefusedCredentials) {
  for (const unsigned status : {401u, 403u}) {
    const Company company(employees(1), {},
                          [=](const http::Request&, int) { return http::Response(status); });
    Client client(company);
    const Result<People> people = client.read();
    ASSERT_FALSE(people);
    EXPECT_EQ(people.error().fault, Fault::refused);
    EXPECT_EQ(people.error().detail, "Personio: POST /v1/auth answered " + std::to_string(status));
    EXPECT_EQ(company.count("/v1/company/employees"), 0);
  }
}

TEST(Personio, RefusesATokenThatIsNone) {
  for (const Json& data : std::vector<Json>{nullptr,
                                            Json::array(),
                                            {{"expires_in", 5}},
                                            {{"token", ""}},
                                            {{"token", 5}},
                                            {{"token", "a\r\nX-Injected: b"}},
                                            {{"token", "a b"}},
                                            {{"token", std::string(9000, 'a')}},
                                            {{"token", "a"}, {"expires_in", -1}},
                                            {{"token", "a"}, {"expires_in", "soon"}},
                                            {{"token", "a"}, {"expires_in", true}}}) {
    const Company company(employees(1), {}, [=](const http::Request&, int) {
      return json_answer(200, {{"success", true}, {"data", data}});
    });
    Client client(company);
    const Result<People> people = client.read();
    ASSERT_FALSE(people) << data;
    EXPECT_EQ(people.error().fault, Fault::malformed);
    EXPECT_EQ(company.count("/v1/company/employees"), 0);
  }
}

TEST(Personio, TakesALifetimeAsTextOrUnsaid) {
  for (const Json& life : std::vector<Json>{"86400", 86400.0, nullptr, 1e18}) {
    const Company company(employees(1), {}, [=](const http::Request&, int) {
      return json_answer(200, {{"data", {{"token", "papi-a"}, {"expires_in", life}}}});
    });
    EXPECT_TRUE(Client(company).read()) << life;
  }
}

// ---- paging -------------------------------------------------------------------------------------

TEST(Personio, FollowsAServerThatGivesLessThanAsked) {
  const Company* there = nullptr;
  Company company(employees(120), [&](const http::Request& request, int) {
    const std::size_t offset = Company::number_in(request, "offset");
    std::vector<Json> some;
    for (std::size_t i = offset; i < std::min<std::size_t>(120, offset + 50); ++i) {
      some.push_back(there->people[i]);
    }
    return json_answer(200, page_of(some, 120));
  });
  there = &company;
  const Result<People> people = Client(company).read();
  ASSERT_TRUE(people);
  EXPECT_EQ(ids_of(*people).size(), 120u);
  EXPECT_EQ(company.count("/v1/company/employees"), 3);
}

TEST(Personio, StopsAtAServerThatRepeatsOnePageForEver) {
  // Personio's own mock server does: one person, total 2, whatever is asked.
  const Company company(employees(1), [](const http::Request&, int) {
    return json_answer(200, page_of({employee(1)}, 2));
  });
  Client client(company);
  EXPECT_EQ(client.error(), kUnsteady);
  EXPECT_EQ(company.count("/v1/company/employees"), 6);
}

TEST(Personio, StopsAtAServerThatEndsBeforeItsTotal) {
  const Company company(employees(1), [](const http::Request& request, int) {
    const bool first = Company::number_in(request, "offset") == 0;
    return json_answer(200, page_of(first ? employees(3) : std::vector<Json>{}, 5));
  });
  EXPECT_EQ(Client(company).error(), kUnsteady);
}

TEST(Personio, ReadsAgainWhenTheTotalChangesInBetween) {
  Company* there = nullptr;
  Company company(employees(150), [&](const http::Request&, int number) {
    if (number == 2) there->people.push_back(employee(151));
    return std::optional<http::Response>();
  });
  there = &company;
  const Result<People> people = Client(company).read();
  ASSERT_TRUE(people);
  EXPECT_EQ(ids_of(*people).size(), 151u);
  EXPECT_EQ(company.count("/v1/company/employees"), 4);
}

TEST(Personio, TakesNothingFromAListThatNeverHoldsStill) {
  Company* there = nullptr;
  Company company(employees(150), [&](const http::Request&, int number) {
    there->people.push_back(employee(1000 + number));
    return std::optional<http::Response>();
  });
  there = &company;
  Client client(company);
  const Result<People> people = client.read();
  ASSERT_FALSE(people);
  EXPECT_EQ(people.error(), (Error{Fault::upstream, kUnsteady}));
  EXPECT_EQ(company.count("/v1/company/employees"), 6);
}

TEST(Personio, CountsADuplicateOnceWhereTheTotalStillAgrees) {
  // Pages that overlap by one, so that nobody is skipped.
  const std::vector<std::vector<int>> pages = {{1, 2}, {2, 3}, {4, 5}};
  const Company company(employees(1), [&](const http::Request&, int number) {
    std::vector<Json> some;
    for (const int id : pages[static_cast<std::size_t>(number - 1)]) some.push_back(employee(id));
    return json_answer(200, page_of(some, 5));
  });
  const Result<People> people = Client(company).read();
  ASSERT_TRUE(people);
  EXPECT_EQ(people->people.size(), 5u);
  EXPECT_EQ(ids_of(*people), (std::set<std::string>{"1", "2", "3", "4", "5"}));
}

TEST(Personio, TakesNothingWhereADuplicateHidesSomebody) {
  const Company company(employees(1), [](const http::Request& request, int) {
    const bool first = Company::number_in(request, "offset") == 0;
    return json_answer(200, first ? page_of({employee(1), employee(2)}, 4)
                                  : page_of({employee(2), employee(4)}, 4));
  });
  EXPECT_EQ(Client(company).error(), kUnsteady);
}

TEST(Personio, TakesNothingWhereMoreComeThanTheTotalSays) {
  const Company company(employees(1), [](const http::Request&, int) {
    return json_answer(200, page_of(employees(3), 2));
  });
  EXPECT_EQ(Client(company).error(), kUnsteady);
}

TEST(Personio, NamesAnAttributeThatTheCredentialMayNotRead) {
  std::vector<Json> all = employees(120);
  for (Json& one : all) one.erase("hire_date");
  const Company company(all);
  EXPECT_EQ(Client(company).error(),
            "Personio does not deliver the attribute hire_date: tick it for this API credential");
}

// ---- patience -----------------------------------------------------------------------------------

TEST(Personio, WaitsLongerEachTimeAndGoesOn) {
  const Company company(employees(1), [](const http::Request&, int number) {
    const unsigned status = number == 1 ? 429 : number == 2 ? 500 : number == 3 ? 502 : 503;
    return number <= 4 ? std::optional(http::Response(status)) : std::nullopt;
  });
  Client client(company);
  ASSERT_TRUE(client.read());
  EXPECT_TRUE(client.waited({seconds{1}, seconds{2}, seconds{4}, seconds{8}}));
  EXPECT_EQ(company.count("/v1/auth"), 1);
}

// Fifteen a second, of which the list of attributes is one.
TEST(Personio, CountsTheListOfAttributesAmongTheEmployees) {
  for (const int people : {1200, 1400, 1500}) {
    const Company company(employees(people));
    PersonioSettings settings = settings_for(company.base_url());
    settings.limits = PersonioLimits::documented;
    Client client(settings);
    (void)client.source->attributes();
    ASSERT_TRUE(client.read());
    const int lists = company.count("/v1/company/employees/attributes");
    EXPECT_GE(lists, 1);
    EXPECT_EQ(client.waits.empty(), company.count("/v1/company/employees") + lists <= 15) << people;
  }
}

TEST(Personio, GivesUpAfterFiveAttempts) {
  for (const unsigned status : {429u, 500u, 503u}) {
    const Company company(employees(1),
                          [=](const http::Request&, int) { return http::Response(status); });
    Client client(company);
    const Result<People> people = client.read();
    ASSERT_FALSE(people);
    EXPECT_EQ(people.error(),
              (Error{Fault::upstream,
                     "Personio: GET /v1/company/employees answered " + std::to_string(status)}));
    EXPECT_EQ(company.count("/v1/company/employees"), 5);
    EXPECT_EQ(client.waits.size(), 4u);
  }
}

TEST(Personio, IsPatientWithTheLoginToo) {
  const Company company(employees(1), {}, [](const http::Request&, int number) {
    return number == 1 ? std::optional(http::Response(429)) : std::nullopt;
  });
  Client client(company);
  ASSERT_TRUE(client.read());
  EXPECT_TRUE(client.waited({seconds{15}})) << "a login too many costs a minute's cool-down";
}

http::Response busy(const char* retry_after) {
  http::Response response(429);
  response.set("Retry-After", retry_after);
  return response;
}

TEST(Personio, WaitsAsLongAsItIsAskedTo) {
  const Company company(employees(1), [](const http::Request&, int number) {
    return number == 1 ? std::optional(busy("60")) : std::nullopt;
  });
  Client client(company);
  ASSERT_TRUE(client.read());
  EXPECT_TRUE(client.waited({seconds{60}}));
}

TEST(Personio, LeavesItToTheNextRunWhenAskedToWaitForLong) {
  const Company company(employees(1), [](const http::Request&, int) { return busy("61"); });
  Client client(company);
  EXPECT_EQ(client.error(), "Personio: GET /v1/company/employees answered 429");
  EXPECT_TRUE(client.waits.empty());
}

TEST(Personio, IgnoresAWaitThatIsNoNumber) {
  for (const char* value : {"Wed, 21 Oct 2026 07:28:00 GMT", "-1", "1e9", "99999999999999"}) {
    const Company company(employees(1), [=](const http::Request&, int number) {
      return number == 1 ? std::optional(busy(value)) : std::nullopt;
    });
    Client client(company);
    ASSERT_TRUE(client.read());
    EXPECT_TRUE(client.waited({seconds{1}})) << value;
  }
}

TEST(Personio, TakesNoOtherAnswerForAList) {
  for (const unsigned status : {201u, 204u, 302u, 307u, 400u, 403u, 404u, 422u}) {
    const Company company(employees(1), [=](const http::Request&, int) {
      http::Response response(status);
      response.set("Location", "/elsewhere");
      return response;
    });
    Client client(company);
    EXPECT_EQ(client.error(),
              "Personio: GET /v1/company/employees answered " + std::to_string(status));
    EXPECT_EQ(company.requests().size(), 2u) << "no redirect followed, nothing repeated";
  }
}

TEST(Personio, RepeatsOfARefusalPlainWordsOnly) {
  const Company company(employees(1), [](const http::Request&, int) {
    return json_answer(404, {{"success", false},
                             {"error", {{"message", "No employee 4711 jana@example.com here"}}}});
  });
  EXPECT_EQ(Client(company).error(),
            "Personio: GET /v1/company/employees answered 404: No employee … here");
}

}  // namespace
}  // namespace refledger::ingest
