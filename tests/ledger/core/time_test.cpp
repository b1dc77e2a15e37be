// Dates and times, in one way of writing each.
#include "ledger/core/time.h"

#include "support/support.h"

namespace refledger {
namespace {

TEST(Time, ADateIsReadAndWrittenAlike) {
  for (const char* text : {"2026-09-30", "2024-02-29", "1900-01-01", "0001-01-01", "9999-12-31"}) {
    EXPECT_EQ(format_date(*parse_date(text, "date")), text);
  }
}

TEST(Time, RefusesDatesThatAreNone) {
  for (const char* text : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31",
                           "2026-1-01", "26-01-01", "2026/01/01", "2026-01-01 ", "-026-01-01",
                           "2026-01-01T00:00:00Z", "+026-01-01", "20 6-01-01"}) {
    EXPECT_EQ(parse_date(text, "date").error().fault, Fault::malformed) << text;
  }
}

TEST(Time, APointInTimeIsReadAndWrittenAlike) {
  for (const char* text : {"2026-09-30T08:15:00.250Z", "1970-01-01T00:00:00.000Z",
                           "1969-12-31T23:59:59.999Z", "2024-02-29T23:59:59.001Z"}) {
    EXPECT_EQ(format_time(*parse_time(text, "time")), text);
  }
  EXPECT_EQ(parse_time("1970-01-02T00:00:00.001Z", "time")->time_since_epoch().count(), 86400001);
}

TEST(Time, RefusesTimesThatAreNone) {
  for (const char* text :
       {"", "2026-09-30", "2026-09-30T24:00:00.000Z", "2026-09-30T08:60:00.000Z",
        "2026-09-30T08:15:60.000Z", "2026-09-30T08:15:00Z", "2026-09-30T08:15:00.250+",
        "2026-09-30 08:15:00.250Z", "2026-09-30T08:15:00,250Z", "2026-02-30T08:15:00.250Z"}) {
    EXPECT_EQ(parse_time(text, "time").error().fault, Fault::malformed) << text;
  }
}

}  // namespace
}  // namespace refledger
