// Leavers, those that only HR can judge, and everybody else.
#include "ingest/watch/judge.h"

#include <set>

#include "people.h"

namespace refledger::ingest {
namespace {

Judgement on(const Person& one, const char* today, unsigned days_ahead = 0) {
  return judge(one, date(today), days_ahead);
}
Standing standing(const Person& one, const char* today, unsigned days_ahead = 0) {
  return on(one, today, days_ahead).standing;
}

TEST(Judge, FindsNobodyWhoIsThere) {
  for (const auto status :
       {EmploymentStatus::active, EmploymentStatus::leave, EmploymentStatus::onboarding}) {
    EXPECT_EQ(standing(person(status), "2026-11-02", 30), Standing::works);
    EXPECT_FALSE(on(person(status), "2026-11-02", 30).look_again);
  }
}

TEST(Judge, WaitsUntilTheLastDayHasPassedWhereNoDaysAheadAreAsked) {
  const Person one = ending(EmploymentStatus::active, "2026-09-30");
  EXPECT_EQ(standing(one, "2026-09-29"), Standing::works);
  EXPECT_EQ(standing(one, "2026-09-30"), Standing::works);
  const Judgement left = on(one, "2026-10-01");
  EXPECT_EQ(left.standing, Standing::over);
  EXPECT_EQ(left.end, one.termination_date);
}

TEST(Judge, SeesAnEndComeFromExactlyTheDaysAhead) {
  const Person one = ending(EmploymentStatus::active, "2027-01-15");
  EXPECT_EQ(standing(one, "2026-12-15", 30), Standing::works);
  EXPECT_EQ(on(one, "2026-12-15", 30).look_again, date("2026-12-16"));
  EXPECT_EQ(standing(one, "2026-12-16", 30), Standing::ends_soon) << "across the year's end";
  EXPECT_EQ(standing(one, "2027-01-15", 30), Standing::ends_soon) << "the last day itself";
  EXPECT_EQ(standing(one, "2027-01-16", 30), Standing::over);
}

TEST(Judge, CountsTheLeapDay) {
  const Person one = ending(EmploymentStatus::active, "2028-03-01");
  EXPECT_EQ(standing(one, "2028-02-28", 1), Standing::works);
  EXPECT_EQ(standing(one, "2028-02-29", 1), Standing::ends_soon);
}

TEST(Judge, FindsTheInactiveOnTheirEndDayToo) {
  const Judgement left = on(ending(EmploymentStatus::inactive, "2026-09-30"), "2026-09-30");
  EXPECT_EQ(left.standing, Standing::over);
  EXPECT_EQ(left.end->value, date("2026-09-30"));
}

TEST(Judge, AsksAboutAFixedTermsEndAndNeverTakesItAloneForLeaving) {
  Person one = person(EmploymentStatus::active);
  one.contract_end = value(date("2026-09-30"), "contract_end_date");
  one.last_working_day = value(date("2026-09-11"), "last_working_day");
  EXPECT_EQ(standing(one, "2026-09-30"), Standing::works);
  EXPECT_EQ(standing(one, "2026-08-31", 30), Standing::term_ends);
  for (const char* today : {"2026-10-01", "2027-10-01"}) {
    EXPECT_EQ(standing(one, today), Standing::term_ends);
    EXPECT_EQ(on(one, today).end, one.contract_end);
  }
}

TEST(Judge, PrefersADefinitiveEndToAFixedTerms) {
  Person one = ending(EmploymentStatus::active, "2026-08-31");
  one.contract_end = value(date("2026-09-30"), "contract_end_date");
  EXPECT_EQ(standing(one, "2026-09-01"), Standing::over);
  EXPECT_EQ(on(one, "2026-09-01").end, one.termination_date);
}

TEST(Judge, TakesTheFixedTermsEndOfTheInactiveAndSaysSo) {
  Person one = person(EmploymentStatus::inactive);
  one.contract_end = value(date("2026-09-30"), "contract_end_date");
  one.last_working_day = value(date("2026-09-11"), "last_working_day");
  const Judgement left = on(one, "2026-10-01");
  EXPECT_EQ(left.standing, Standing::over);
  EXPECT_EQ(left.end, one.contract_end);
  EXPECT_EQ(left.end->from.field, "contract_end_date");
}

TEST(Judge, FallsBackToTheLastWorkingDayWhereTheTermsEndIsStillToCome) {
  Person one = person(EmploymentStatus::inactive);
  one.contract_end = value(date("2027-09-30"), "contract_end_date");
  one.last_working_day = value(date("2026-09-11"), "last_working_day");
  EXPECT_EQ(on(one, "2026-10-01").end, one.last_working_day);
}

TEST(Judge, IgnoresDatesOfAnEarlierContract) {
  Person one = person(EmploymentStatus::inactive);
  one.contract_end = value(date("2018-12-31"), "contract_end_date");
  one.last_working_day = value(date("2018-12-21"), "last_working_day");
  EXPECT_EQ(standing(one, "2026-10-01"), Standing::end_unknown);
  one.status.value = EmploymentStatus::active;
  EXPECT_EQ(standing(one, "2026-10-01", 30), Standing::works);
}

TEST(Judge, ReportsTheInactiveWithoutAnyEnd) {
  const Judgement left = on(person(EmploymentStatus::inactive), "2026-10-01");
  EXPECT_EQ(left.standing, Standing::end_unknown);
  EXPECT_FALSE(left.end);
}

TEST(Judge, ReportsTheInactiveWhoseEndIsStillToComeAndLooksAgainOnThatDay) {
  const Person one = ending(EmploymentStatus::inactive, "2026-12-31");
  EXPECT_EQ(standing(one, "2026-10-01"), Standing::end_ahead);
  EXPECT_EQ(on(one, "2026-10-01").look_again, date("2026-12-31"));
  EXPECT_EQ(standing(one, "2026-12-31"), Standing::over);
}

TEST(Judge, ReportsARehireThatStillCarriesTheOldEnd) {
  EXPECT_EQ(standing(ending(EmploymentStatus::active, "2018-12-31"), "2026-10-01"),
            Standing::end_before_start);
}

TEST(Judge, ReportsADeathInAnySpellingAndNeverAsALeaver) {
  for (const char* type : {"death", "DEATH", "Death ", "Todesfall", "verstorben"}) {
    Person one = ending(EmploymentStatus::inactive, "2026-09-30");
    one.termination_type = value<std::string>(type, "termination_type");
    EXPECT_EQ(standing(one, "2026-10-01"), Standing::death) << type;
    EXPECT_EQ(on(one, "2026-10-01").end, one.termination_date);
    one.status.value = EmploymentStatus::active;
    EXPECT_EQ(standing(one, "2026-09-15", 30), Standing::death) << type << ", ahead";
  }
}

TEST(Judge, ReportsADeathEvenWithoutADate) {
  Person one = person(EmploymentStatus::inactive);
  one.termination_type = value<std::string>("death", "termination_type");
  EXPECT_EQ(standing(one, "2026-10-01"), Standing::death);
}

TEST(Judge, ReportsAMoveWithinTheGroupInAnySpellingAndNotAhead) {
  for (const char* type : {"sub_company_switch", "SUB_COMPANY_SWITCH", "Sub-company switch"}) {
    Person one = ending(EmploymentStatus::active, "2026-09-30");
    one.termination_type = value<std::string>(type, "termination_type");
    EXPECT_EQ(standing(one, "2026-09-15", 30), Standing::works) << type;
    EXPECT_EQ(standing(one, "2026-10-01"), Standing::moved_within_group) << type;
  }
}

TEST(Judge, LetsEveryOtherTypeOfEndingThrough) {
  for (const char* type : {"employee", "fired", "retirement", "contract_expired", "todo"}) {
    Person one = ending(EmploymentStatus::active, "2026-09-30");
    one.termination_type = value<std::string>(type, "termination_type");
    EXPECT_EQ(standing(one, "2026-10-01"), Standing::over) << type;
  }
}

// The promise behind look_again: between two looks, time alone changes nothing.
TEST(Judge, NamesEveryDayOnWhichTimeAloneChangesTheAnswer) {
  const std::optional<Value<Date>> none;
  const auto near = [](int days) {
    return std::optional(value(days_after(date("2026-12-30"), days), "day"));
  };
  for (const auto status : {EmploymentStatus::active, EmploymentStatus::inactive}) {
    for (const auto& end : {none, near(0), near(3)}) {
      for (const auto& term : {none, near(1), near(5)}) {
        for (const auto& last : {none, near(-2), near(4)}) {
          for (const unsigned ahead : {0u, 1u, 4u}) {
            Person one = person(status);
            one.termination_date = end;
            one.contract_end = term;
            one.last_working_day = last;
            Judgement before = judge(one, date("2026-12-20"), ahead);
            for (int day = 1; day < 30; ++day) {
              const Date today = days_after(date("2026-12-20"), day);
              const Judgement now = judge(one, today, ahead);
              const bool told = before.look_again && *before.look_again <= today;
              const bool same = now.standing == before.standing && now.end == before.end;
              ASSERT_TRUE(same || told) << format_date(today);
              if (told) before = now;
            }
            EXPECT_FALSE(before.look_again) << "nothing is left to wait for";
          }
        }
      }
    }
  }
}

TEST(Judge, LooksNoFurtherThanDatesCanBeWritten) {
  EXPECT_EQ(on(ending(EmploymentStatus::active, "9999-12-31"), "9999-12-31").look_again,
            std::nullopt);
}

TEST(Standing, HasANameForEach) {
  std::set<std::string> names;
  for (int n = 0; n <= static_cast<int>(Standing::moved_within_group); ++n) {
    names.insert(name_of(static_cast<Standing>(n)));
  }
  EXPECT_EQ(names.size(), 9u);
}

}  // namespace
}  // namespace refledger::ingest
