// Leavers, those that only HR can judge, and everybody else.
#include "ingest/watch/watch.h"

#include "support/support.h"

namespace refledger::ingest {
namespace {

const UtcMillis kReadAt = *parse_time("2026-11-02T08:00:00.000Z", "read_at");

Date date(std::string_view text) { return *parse_date(text, "date"); }

template <class T>
Value<T> value(T held, const char* field) {
  return {std::move(held), {"Personio", field, kReadAt}};
}

Person person(EmploymentStatus status) {
  Person made;
  made.id = "4711";
  made.status = value(status, "status");
  made.given_name = value<std::string>("Jana", "first_name");
  made.family_name = value<std::string>("Muster", "last_name");
  made.hire_date = value(date("2019-03-01"), "hire_date");
  return made;
}

Person ending(EmploymentStatus status, const char* termination_date) {
  Person made = person(status);
  made.termination_date = value(date(termination_date), "termination_date");
  return made;
}

std::vector<Leaver> leavers(const Person& one, const char* today) {
  return find_leavers({{one}, {}, kReadAt}, date(today));
}
std::vector<Unclear> unclear(const Person& one, const char* today) {
  return find_unclear({{one}, {}, kReadAt}, date(today));
}
bool nothing(const Person& one, const char* today) {
  return leavers(one, today).empty() && unclear(one, today).empty();
}

TEST(FindLeavers, FindsNobodyWhoIsThere) {
  EXPECT_TRUE(nothing(person(EmploymentStatus::active), "2026-11-02"));
  EXPECT_TRUE(nothing(person(EmploymentStatus::leave), "2026-11-02"));
  EXPECT_TRUE(nothing(person(EmploymentStatus::onboarding), "2026-11-02"));
}

TEST(FindLeavers, WaitsUntilTheLastDayHasPassed) {
  const Person one = ending(EmploymentStatus::active, "2026-09-30");
  EXPECT_TRUE(nothing(one, "2026-09-29"));
  EXPECT_TRUE(nothing(one, "2026-09-30"));
  const std::vector<Leaver> found = leavers(one, "2026-10-01");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].employed_to, *one.termination_date);
  EXPECT_EQ(found[0].reason, Reason::end_date_reached);
  EXPECT_EQ(found[0].person.id, "4711");
  EXPECT_TRUE(unclear(one, "2026-10-01").empty());
}

TEST(FindLeavers, FindsTheInactiveOnTheirEndDayToo) {
  const std::vector<Leaver> found =
      leavers(ending(EmploymentStatus::inactive, "2026-09-30"), "2026-09-30");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].reason, Reason::became_inactive);
  EXPECT_EQ(found[0].employed_to.value, date("2026-09-30"));
}

TEST(FindLeavers, NeverTakesAFixedTermsEndAloneForLeaving) {
  Person one = person(EmploymentStatus::active);
  one.contract_end = value(date("2026-09-30"), "contract_end_date");
  one.last_working_day = value(date("2026-09-11"), "last_working_day");
  EXPECT_TRUE(nothing(one, "2026-10-01"));
  EXPECT_TRUE(nothing(one, "2027-10-01"));
}

TEST(FindLeavers, TakesTheFixedTermsEndOfTheInactiveAndSaysSo) {
  Person one = person(EmploymentStatus::inactive);
  one.contract_end = value(date("2026-09-30"), "contract_end_date");
  one.last_working_day = value(date("2026-09-11"), "last_working_day");
  const std::vector<Leaver> found = leavers(one, "2026-10-01");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].employed_to, *one.contract_end);
  EXPECT_EQ(found[0].employed_to.from.field, "contract_end_date");
  EXPECT_EQ(found[0].reason, Reason::became_inactive);
}

TEST(FindLeavers, FallsBackToTheLastWorkingDayWhereTheTermsEndIsStillToCome) {
  Person one = person(EmploymentStatus::inactive);
  one.contract_end = value(date("2027-09-30"), "contract_end_date");
  one.last_working_day = value(date("2026-09-11"), "last_working_day");
  const std::vector<Leaver> found = leavers(one, "2026-10-01");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].employed_to, *one.last_working_day);
}

TEST(FindLeavers, IgnoresFallbackDatesOfAnEarlierContract) {
  Person one = person(EmploymentStatus::inactive);
  one.contract_end = value(date("2018-12-31"), "contract_end_date");
  one.last_working_day = value(date("2018-12-21"), "last_working_day");
  EXPECT_TRUE(leavers(one, "2026-10-01").empty());
  ASSERT_EQ(unclear(one, "2026-10-01").size(), 1u);
  EXPECT_EQ(unclear(one, "2026-10-01")[0].concern, Concern::end_unknown);
}

TEST(FindUnclear, ReportsTheInactiveWithoutAnyEnd) {
  const Person one = person(EmploymentStatus::inactive);
  EXPECT_TRUE(leavers(one, "2026-10-01").empty());
  const std::vector<Unclear> found = unclear(one, "2026-10-01");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].concern, Concern::end_unknown);
  EXPECT_FALSE(found[0].employed_to.has_value());
}

TEST(FindUnclear, ReportsTheInactiveWhoseEndIsStillToCome) {
  const Person one = ending(EmploymentStatus::inactive, "2026-12-31");
  EXPECT_TRUE(leavers(one, "2026-10-01").empty());
  ASSERT_EQ(unclear(one, "2026-10-01").size(), 1u);
  EXPECT_EQ(unclear(one, "2026-10-01")[0].concern, Concern::end_ahead);
}

TEST(FindUnclear, ReportsARehireThatStillCarriesTheOldEnd) {
  const Person one = ending(EmploymentStatus::active, "2018-12-31");
  EXPECT_TRUE(leavers(one, "2026-10-01").empty());
  ASSERT_EQ(unclear(one, "2026-10-01").size(), 1u);
  EXPECT_EQ(unclear(one, "2026-10-01")[0].concern, Concern::end_before_start);
}

TEST(FindUnclear, ReportsADeathInAnySpellingAndNeverAsALeaver) {
  for (const char* type : {"death", "DEATH", "Death ", "Todesfall", "verstorben"}) {
    Person one = ending(EmploymentStatus::inactive, "2026-09-30");
    one.termination_type = value<std::string>(type, "termination_type");
    EXPECT_TRUE(leavers(one, "2026-10-01").empty()) << type;
    const std::vector<Unclear> found = unclear(one, "2026-10-01");
    ASSERT_EQ(found.size(), 1u) << type;
    EXPECT_EQ(found[0].concern, Concern::death);
    EXPECT_EQ(found[0].employed_to, one.termination_date);
  }
}

TEST(FindUnclear, ReportsADeathEvenWithoutADate) {
  Person one = person(EmploymentStatus::inactive);
  one.termination_type = value<std::string>("death", "termination_type");
  ASSERT_EQ(unclear(one, "2026-10-01").size(), 1u);
  EXPECT_EQ(unclear(one, "2026-10-01")[0].concern, Concern::death);
}

TEST(FindUnclear, ReportsAMoveWithinTheGroupInAnySpelling) {
  for (const char* type : {"sub_company_switch", "SUB_COMPANY_SWITCH", "Sub-company switch"}) {
    Person one = ending(EmploymentStatus::active, "2026-09-30");
    one.termination_type = value<std::string>(type, "termination_type");
    EXPECT_TRUE(leavers(one, "2026-10-01").empty()) << type;
    ASSERT_EQ(unclear(one, "2026-10-01").size(), 1u) << type;
    EXPECT_EQ(unclear(one, "2026-10-01")[0].concern, Concern::moved_within_group);
  }
}

TEST(FindLeavers, LetsEveryOtherTypeOfEndingThrough) {
  for (const char* type : {"employee", "fired", "retirement", "contract_expired", "todo"}) {
    Person one = ending(EmploymentStatus::active, "2026-09-30");
    one.termination_type = value<std::string>(type, "termination_type");
    EXPECT_EQ(leavers(one, "2026-10-01").size(), 1u) << type;
  }
}

TEST(FindLeavers, KeepsTheOrderOfTheReadingAndNamesNobodyTwice) {
  People people{{}, {}, kReadAt};
  for (int i = 0; i < 6; ++i) {
    people.people.push_back(i % 2 == 0 ? ending(EmploymentStatus::active, "2026-09-30")
                                       : person(EmploymentStatus::inactive));
    people.people.back().id = std::to_string(i);
  }
  const std::vector<Leaver> left = find_leavers(people, date("2026-10-01"));
  const std::vector<Unclear> open = find_unclear(people, date("2026-10-01"));
  ASSERT_EQ(left.size(), 3u);
  ASSERT_EQ(open.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(left[i].person.id, std::to_string(2 * i));
    EXPECT_EQ(open[i].person.id, std::to_string(2 * i + 1));
  }
}

TEST(Concern, HasANameForEach) {
  EXPECT_STREQ(name_of(Concern::end_unknown), "end_unknown");
  EXPECT_STREQ(name_of(Concern::end_ahead), "end_ahead");
  EXPECT_STREQ(name_of(Concern::end_before_start), "end_before_start");
  EXPECT_STREQ(name_of(Concern::death), "death");
  EXPECT_STREQ(name_of(Concern::moved_within_group), "moved_within_group");
}

}  // namespace
}  // namespace refledger::ingest
