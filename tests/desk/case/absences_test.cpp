// What of the HR system's absences counts, as which kind, and what comes of it.
#include "desk/case/absences.h"

#include <gtest/gtest.h>

#include "company.h"

namespace refledger::desk {
namespace {

using letter::AbsenceKind;

TEST(CaseAbsences, KnowTheKindOfACategoryHoweverItIsSpelt) {
  for (const auto& [category, kind] :
       std::map<std::string, AbsenceKind>{{"sick_leave", AbsenceKind::illness},
                                          {"SICK-LEAVE", AbsenceKind::illness},
                                          {"unpaid_vacation", AbsenceKind::unpaid},
                                          {"accident", AbsenceKind::accident},
                                          {"maternity_protection", AbsenceKind::maternity},
                                          {"parental_leave", AbsenceKind::parental},
                                          {"public_duty", AbsenceKind::service},
                                          {"military_service", AbsenceKind::service},
                                          {"undefined", AbsenceKind::other}}) {
    EXPECT_EQ(kind_of(category), kind) << category;
    EXPECT_TRUE(is_absence(category)) << category;
  }
  for (const char* category : {"paid_vacation", "offsite_work", "home_office", "training"}) {
    EXPECT_FALSE(is_absence(category)) << category;
  }
}

TEST(CaseAbsences, CountOnlyLongOnesAgainstTheService) {
  const Absences some = absences_of({{"sick_leave", day("2026-01-05"), day("2026-01-09")},
                                     {"sick_leave", day("2026-03-01"), day("2026-03-30")},
                                     {"accident", day("2026-03-25"), day("2026-04-03")}},
                                    day("2026-01-01"), day("2026-12-31"), {});
  EXPECT_EQ(some.absent_days, 5u + 34u);
  EXPECT_EQ(some.long_days, 34u) << "one after the other, though of two kinds";
  EXPECT_EQ(some.net_days(), 331u);
  EXPECT_EQ(some.periods.size(), 3u);
}

TEST(CaseAbsences, OfAnEmploymentWithoutADayAreNone) {
  const Absences none = absences_of({{"sick_leave", day("2026-01-05"), day("2026-01-09")}},
                                    day("2026-02-01"), day("2026-01-01"), {});
  EXPECT_EQ(none.employed_days, 0u);
  EXPECT_EQ(none.long_share(), 0);
  EXPECT_TRUE(none.periods.empty());
}

}  // namespace
}  // namespace refledger::desk
