// What a report is expected to be.
#pragma once

#include <algorithm>

#include "world.h"

namespace refledger::verify {

inline bool has(const Report& report, Remark remark) {
  return std::find(report.remarks.begin(), report.remarks.end(), remark) != report.remarks.end();
}

inline void expect(const Report& report, Verdict verdict, std::optional<Layer> failed) {
  EXPECT_EQ(report.verdict, verdict) << report.reason;
  EXPECT_EQ(report.failed, failed) << report.reason;
  EXPECT_FALSE(report.reason.empty());
}

}  // namespace refledger::verify
