// The day in a company's zone: nights when the clocks change, ends of years, both sides of the
// date line.
#include "ingest/source/zone.h"

#include <string>

#include "support/support.h"

namespace refledger::ingest {
namespace {

std::string day(std::string_view utc, std::string_view zone) {
  const Result<Date> date = local_date(*parse_time(utc, "now"), zone);
  return date ? format_date(*date) : date.error().detail;
}

TEST(LocalDate, TurnsAtLocalMidnightInWinter) {
  EXPECT_EQ(day("2026-11-30T22:59:59.999Z", "Europe/Zurich"), "2026-11-30");
  EXPECT_EQ(day("2026-11-30T23:00:00.000Z", "Europe/Zurich"), "2026-12-01");
}

TEST(LocalDate, TurnsAtLocalMidnightInSummer) {
  EXPECT_EQ(day("2026-06-30T21:59:59.999Z", "Europe/Zurich"), "2026-06-30");
  EXPECT_EQ(day("2026-06-30T22:00:00.000Z", "Europe/Zurich"), "2026-07-01");
}

TEST(LocalDate, IsRightInTheNightsWhenTheClocksChange) {
  // 2026-03-29: 02:00 becomes 03:00; midnight before it is still winter, after it summer.
  EXPECT_EQ(day("2026-03-28T22:59:59.999Z", "Europe/Berlin"), "2026-03-28");
  EXPECT_EQ(day("2026-03-28T23:00:00.000Z", "Europe/Berlin"), "2026-03-29");
  EXPECT_EQ(day("2026-03-29T21:59:59.999Z", "Europe/Berlin"), "2026-03-29");
  EXPECT_EQ(day("2026-03-29T22:00:00.000Z", "Europe/Berlin"), "2026-03-30");
  // 2026-10-25: 03:00 becomes 02:00.
  EXPECT_EQ(day("2026-10-24T22:00:00.000Z", "Europe/Berlin"), "2026-10-25");
  EXPECT_EQ(day("2026-10-25T22:59:59.999Z", "Europe/Berlin"), "2026-10-25");
  EXPECT_EQ(day("2026-10-25T23:00:00.000Z", "Europe/Berlin"), "2026-10-26");
}

TEST(LocalDate, IsRightWhereTheClocksChangeAtMidnightItself) {
  // Beirut, 2026-03-29: 00:00 becomes 01:00.
  EXPECT_EQ(day("2026-03-28T21:59:59.999Z", "Asia/Beirut"), "2026-03-28");
  EXPECT_EQ(day("2026-03-28T22:00:00.000Z", "Asia/Beirut"), "2026-03-29");
}

TEST(LocalDate, TurnsTheYear) {
  EXPECT_EQ(day("2026-12-31T22:59:59.999Z", "Europe/Zurich"), "2026-12-31");
  EXPECT_EQ(day("2026-12-31T23:00:00.000Z", "Europe/Zurich"), "2027-01-01");
  EXPECT_EQ(day("2027-01-01T07:59:59.999Z", "America/Los_Angeles"), "2026-12-31");
}

TEST(LocalDate, KnowsTheLeapDay) {
  EXPECT_EQ(day("2028-02-28T23:00:00.000Z", "Europe/Zurich"), "2028-02-29");
  EXPECT_EQ(day("2026-02-28T23:00:00.000Z", "Europe/Zurich"), "2026-03-01");
}

TEST(LocalDate, ReachesFromKiribatiToSamoa) {
  EXPECT_EQ(day("2026-11-30T10:00:00.000Z", "Pacific/Kiritimati"), "2026-12-01");
  EXPECT_EQ(day("2026-12-01T10:59:59.999Z", "Pacific/Pago_Pago"), "2026-11-30");
  EXPECT_EQ(day("2026-12-01T00:00:00.000Z", "UTC"), "2026-12-01");
}

TEST(LocalDate, NamesAZoneThatDoesNotExist) {
  for (const char* zone : {"Europe/Zuerich", "", "../../etc/passwd", "CEST+1\n"}) {
    const Result<Date> date = local_date(*parse_time("2026-12-01T00:00:00.000Z", "now"), zone);
    ASSERT_FALSE(date) << zone;
    EXPECT_EQ(date.error().fault, Fault::not_found);
  }
}

}  // namespace
}  // namespace refledger::ingest
