// Absences from both versions: category and days, and nothing else.
#include "ingest/personio/absence_list.h"

#include "company_v2.h"

namespace refledger::ingest::personio {
namespace {

Date day(const char* text) { return *parse_date(text, "test"); }

Json v1_days(int id, const char* from, const char* to) {
  return {{"type", "TimeOffPeriod"},
          {"attributes",
           {{"id", id},
            {"status", "approved"},
            {"comment", "secret reason"},
            {"start_date", std::string(from) + "T00:00:00+0100"},
            {"end_date", std::string(to) + "T00:00:00+0100"},
            {"half_day_start", 0},
            {"half_day_end", false},
            {"time_off_type", {{"attributes", {{"id", 5}, {"name", "Krank"}}}}},
            {"employee", {{"attributes", {{"id", {{"value", 1}}}}}}}}}};
}

Json v1_hours(const char* id) {
  return {{"type", "AbsencePeriod"},
          {"attributes",
           {{"id", id},
            {"status", "approved"},
            {"start", "2026-05-31T22:00:00.0Z"},
            {"end", "2026-06-02T22:00:00.0Z"},
            {"absence_type", {{"attributes", {{"id", "t-5"}, {"time_off_type_id", 5}}}}},
            {"breakdowns",
             {{{"date", "2026-06-01"}, {"effective_duration", 480}},
              {{"date", "2026-06-02"}, {"effective_duration", 480}}}}}}};
}

Json v2_period(const char* id) {
  return {{"id", id},
          {"person", {{"id", "1"}}},
          {"absence_type", {{"id", "t-5"}}},
          {"starts_from", {{"date_time", "2026-06-01T00:00:00"}, {"type", "SECOND_HALF"}}},
          {"ends_at", nullptr},
          {"approval", {{"status", "APPROVED"}}},
          {"comment", "secret reason"}};
}

const Categories kCategories{{"5", "sick_leave"}, {"t-5", "sick_leave"}};

TEST(AbsenceList, TakesWholeDaysFromLocalMidnights) {
  const auto page =
      parse_v1_absences(Json{{"data", {v1_days(7, "2026-12-27", "2026-12-29")}}}.dump());
  ASSERT_TRUE(page) << page.error().detail;
  EXPECT_EQ(to_periods(page->absences, kCategories, "1", day("2020-01-01"), day("2027-01-01")),
            (std::vector<AbsencePeriod>{{"sick_leave", day("2026-12-27"), day("2026-12-29")}}));
}

TEST(AbsenceList, TakesTheDaysOfHoursFromTheirBreakdown) {
  const auto page = parse_v1_absences(Json{{"data", {v1_hours("u-1")}}}.dump());
  ASSERT_TRUE(page) << page.error().detail;
  EXPECT_EQ(page->absences[0].from, day("2026-06-01")) << "not 31 May, which it is in UTC";
  EXPECT_EQ(page->absences[0].to, day("2026-06-02"));
  EXPECT_EQ(page->absences[0].type_id, "5");
}

TEST(AbsenceList, EndsWhatGoesOnWithTheEmployment) {
  const auto page = parse_v2_absences(Json{{"_data", {v2_period("u-1")}}}.dump());
  ASSERT_TRUE(page) << page.error().detail;
  const auto periods =
      to_periods(page->absences, kCategories, "1", day("2020-01-01"), day("2026-06-30"));
  EXPECT_EQ(periods, (std::vector<AbsencePeriod>{
                         {"sick_leave", day("2026-06-01"), day("2026-06-30"), true, false}}));
}

TEST(AbsenceList, LeavesOutWhatIsNotApprovedOrSomebodyElses) {
  Json pending = v1_days(1, "2026-01-01", "2026-01-02");
  pending["attributes"]["status"] = "pending";
  Json other = v1_days(2, "2026-01-01", "2026-01-02");
  other["attributes"]["employee"]["attributes"]["id"]["value"] = "2";
  const auto page = parse_v1_absences(Json{{"data", {pending, other}}}.dump());
  ASSERT_TRUE(page);
  EXPECT_TRUE(
      to_periods(page->absences, kCategories, "1", day("2020-01-01"), day("2027-01-01")).empty());
}

TEST(AbsenceList, CutsItemsThatReachBeyondWhatWasAsked) {
  const auto page =
      parse_v1_absences(Json{{"data", {v1_days(7, "2025-12-20", "2026-01-10")}}}.dump());
  const auto periods = to_periods(page->absences, {}, "1", day("2026-01-01"), day("2026-01-05"));
  EXPECT_EQ(periods,
            (std::vector<AbsencePeriod>{{"undefined", day("2026-01-01"), day("2026-01-05")}}));
}

TEST(AbsenceList, ReadsCategoriesOfBothVersions) {
  const auto v1 = parse_categories(
      R"({"data":[{"attributes":{"id":5,"id_v2":"t-5","category":"sick_leave"}}]})");
  const auto v2 = parse_categories(R"({"_data":[{"id":"t-5","category":"SICK_LEAVE"}]})");
  ASSERT_TRUE(v1 && v2);
  EXPECT_EQ(*v1, kCategories);
  EXPECT_EQ(v2->at("t-5"), "sick_leave");
}

TEST(AbsenceList, RefusesEveryOtherShape) {
  for (const char* body : {"", "[]", "{}", R"({"data":{}})", R"({"data":[1]})",
                           R"({"data":[{"attributes":{"id":1}}]})",
                           R"({"data":[{"attributes":{"id":1,"start_date":"soon"}}]})"}) {
    EXPECT_FALSE(parse_v1_absences(body)) << body;
  }
  for (const char* body : {"[]", R"({"_data":[{}]})", R"({"_data":[{"id":"a"}]})"}) {
    EXPECT_FALSE(parse_v2_absences(body)) << body;
  }
}

// ---- through the client -------------------------------------------------------------------------

Person somebody() {
  Person person;
  person.id = "1";
  person.hire_date.value = day("2020-01-01");
  person.termination_date = Value<Date>{day("2026-12-31"), {}};
  return person;
}

http::Response v1_page(const std::vector<Json>& items, std::size_t total) {
  return json_answer(200, {{"data", items}, {"metadata", {{"total_elements", total}}}});
}

TEST(PersonioAbsences, AreReadFromBothListsOfV1PageByPageFromOne) {
  CompanyV2 company(0, [](const http::Request& request, int) -> std::optional<http::Response> {
    if (request.path == "/v1/company/time-off-types") {
      return json_answer(200,
                         {{"data", {{{"attributes", {{"id", 5}, {"category", "sick_leave"}}}}}}});
    }
    if (request.path == "/v1/company/absence-periods") return v1_page({v1_hours("u-1")}, 1);
    if (request.path != "/v1/company/time-offs") return std::nullopt;
    const auto page = http::form_value(request.query, "offset");
    if (page == "1") return v1_page({v1_days(1, "2026-01-01", "2026-01-05")}, 2);
    if (page == "2") return v1_page({v1_days(2, "2026-01-06", "2026-01-07")}, 2);
    return http::Response(500);
  });
  company.v1_people = 1;
  Client client(company.settings(PersonioApi::v1));
  const Result<std::vector<AbsencePeriod>> periods = client.source->read_absences(somebody());
  ASSERT_TRUE(periods) << periods.error().detail;
  EXPECT_EQ(*periods,
            (std::vector<AbsencePeriod>{{"sick_leave", day("2026-01-01"), day("2026-01-07")},
                                        {"sick_leave", day("2026-06-01"), day("2026-06-02")}}));
}

TEST(PersonioAbsences, AreNotTakenWhereThePagesDoNotAddUp) {
  CompanyV2 company(0, [](const http::Request& request, int) -> std::optional<http::Response> {
    if (request.path == "/v1/company/time-off-types")
      return json_answer(200, {{"data", Json::array()}});
    if (request.path != "/v1/company/time-offs") return std::nullopt;
    return v1_page({v1_days(1, "2026-01-01", "2026-01-05")}, 2);
  });
  company.v1_people = 1;
  Client client(company.settings(PersonioApi::v1));
  const Result<std::vector<AbsencePeriod>> periods = client.source->read_absences(somebody());
  ASSERT_FALSE(periods);
  EXPECT_EQ(periods.error().detail, "Personio: the pages of absences do not add up");
}

TEST(PersonioAbsences, AreRefusedWhereTheCredentialMayNotReadThem) {
  for (const PersonioApi api : {PersonioApi::v1, PersonioApi::v2}) {
    CompanyV2 company(1, [](const http::Request& request, int) {
      const bool types = request.path.ends_with("-types");
      return types ? std::optional(http::Response(403)) : std::nullopt;
    });
    company.v1_people = 1;
    Client client(company.settings(api));
    EXPECT_EQ(client.source->read_absences(somebody()).error().fault, Fault::refused);
  }
}

TEST(PersonioAbsences, AreReadFromV2ByCursor) {
  CompanyV2 company(1, [](const http::Request& request, int) -> std::optional<http::Response> {
    if (request.path == "/v2/absence-types") {
      return json_answer(200, {{"_data", {{{"id", "t-5"}, {"category", "SICK_LEAVE"}}}}});
    }
    if (request.path != "/v2/absence-periods") return std::nullopt;
    const bool first = !http::form_value(request.query, "cursor");
    Json page = {{"_data", {v2_period(first ? "u-1" : "u-2")}}};
    if (first) page["_meta"]["links"]["next"]["href"] = "https://elsewhere.example/?cursor=cur_1";
    return json_answer(200, page);
  });
  Client client(company.settings());
  const Result<std::vector<AbsencePeriod>> periods = client.source->read_absences(somebody());
  ASSERT_TRUE(periods) << periods.error().detail;
  ASSERT_EQ(periods->size(), 1u);
  EXPECT_EQ(company.count("/v2/absence-periods"), 2);
}

}  // namespace
}  // namespace refledger::ingest::personio
