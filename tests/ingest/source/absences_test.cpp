// Absences joined, and measured against an employment.
#include "ingest/source/absences.h"

#include <gtest/gtest.h>

namespace refledger::ingest {
namespace {

Date day(const char* text) { return *parse_date(text, "test"); }

AbsencePeriod period(const char* category, const char* from, const char* to) {
  return {category, day(from), day(to)};
}

TEST(Absences, JoinsOverlapsAndNeighbouringDaysOfOneCategory) {
  const auto joined = merged({period("sick_leave", "2026-03-10", "2026-03-12"),
                              period("sick_leave", "2026-03-01", "2026-03-05"),
                              period("sick_leave", "2026-03-04", "2026-03-09"),
                              period("sick_leave", "2026-03-14", "2026-03-15")});
  EXPECT_EQ(joined, (std::vector<AbsencePeriod>{period("sick_leave", "2026-03-01", "2026-03-12"),
                                                period("sick_leave", "2026-03-14", "2026-03-15")}));
}

TEST(Absences, KeepsCategoriesApart) {
  const std::vector<AbsencePeriod> two = {period("a", "2026-03-01", "2026-03-05"),
                                          period("b", "2026-03-03", "2026-03-09")};
  EXPECT_EQ(merged(two), two);
}

TEST(Absences, KeepsApartWhatHalfADayOfWorkSeparates) {
  AbsencePeriod first = period("a", "2026-03-01", "2026-03-02");
  first.half_day_end = true;
  const AbsencePeriod second = period("a", "2026-03-03", "2026-03-04");
  EXPECT_EQ(merged({first, second}).size(), 2u);
}

TEST(Absences, AWholeDayCoversAHalfOne) {
  AbsencePeriod half = period("a", "2026-03-01", "2026-03-02");
  half.half_day_start = half.half_day_end = true;
  const auto joined = merged({half, period("a", "2026-03-01", "2026-03-02")});
  EXPECT_EQ(joined, (std::vector<AbsencePeriod>{period("a", "2026-03-01", "2026-03-02")}));
}

TEST(Absences, EveryDayIsCountedOnceHoweverThePeriodsLie) {
  // Every pair of periods within ten days, against a count day by day.
  const auto at = [](int n) {
    return Date{std::chrono::sys_days(day("2026-02-25")) + std::chrono::days{n}};
  };
  for (int a = 0; a < 10; ++a) {
    for (int b = a; b < 10; ++b) {
      for (int c = 0; c < 10; ++c) {
        for (int d = c; d < 10; ++d) {
          int days = 0;
          for (int n = 0; n < 10; ++n) days += (a <= n && n <= b) || (c <= n && n <= d);
          int counted = 0;
          for (const auto& one : merged({{"x", at(a), at(b)}, {"x", at(c), at(d)}})) {
            counted +=
                static_cast<int>(
                    (std::chrono::sys_days(one.to) - std::chrono::sys_days(one.from)).count()) +
                1;
          }
          ASSERT_EQ(counted, days) << a << b << c << d;
        }
      }
    }
  }
}

TEST(NetService, CountsLongAbsencesAgainstTheEmployment) {
  const Service service =
      net_service(day("2024-01-01"), day("2025-12-31"),
                  {period("sick_leave", "2024-03-01", "2024-03-20"),
                   period("maternity_parental_leave", "2024-06-01", "2024-09-30"),
                   period("paid_vacation", "2025-01-01", "2025-03-31")});
  EXPECT_EQ(service.employed_days, 731);
  EXPECT_EQ(service.long_absence_days, 122);
  EXPECT_EQ(service.net_days(), 609);
  EXPECT_NEAR(service.share(), 122.0 / 731, 1e-9);
  ASSERT_EQ(service.long_absences.size(), 1u) << "20 days are not long, vacation is service";
  EXPECT_EQ(service.long_absences[0].categories,
            (std::vector<std::string>{"maternity_parental_leave"}));
}

TEST(NetService, TakesAbsencesThatFollowOnEachOtherForOne) {
  const Service service = net_service(day("2024-01-01"), day("2024-12-31"),
                                      {period("sick_leave", "2024-02-01", "2024-02-20"),
                                       period("unpaid_vacation", "2024-02-21", "2024-03-10")});
  EXPECT_EQ(service.long_absence_days, 20 + 19);
  EXPECT_EQ(service.long_absences.at(0).categories,
            (std::vector<std::string>{"sick_leave", "unpaid_vacation"}));
}

TEST(NetService, CountsNothingOutsideTheEmployment) {
  const Service service = net_service(day("2024-03-01"), day("2024-03-31"),
                                      {period("sick_leave", "2023-01-01", "2025-01-01")});
  EXPECT_EQ(service.long_absence_days, 31);
  EXPECT_EQ(service.net_days(), 0);
  EXPECT_EQ(service.share(), 1.0);
  EXPECT_EQ(net_service(day("2024-03-01"), day("2024-02-01"), {}).share(), 0.0);
}

}  // namespace
}  // namespace refledger::ingest
