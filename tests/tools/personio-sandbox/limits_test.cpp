// The limits refuse at the numbers that they name, by a clock of any speed.
#include "tools/personio-sandbox/limits.h"

#include "fixture.h"

namespace refledger::sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const UtcMillis kStart = *parse_time("2026-11-21T12:00:00.000Z", "start");
constexpr std::string_view kEmployees = "/v1/company/employees";

std::size_t allowed(Limits& limits, std::string_view path, UtcMillis at, int tries) {
  std::size_t count = 0;
  for (int made = 0; made < tries; ++made) count += limits.take(path, at).allowed ? 1 : 0;
  return count;
}

TEST(SandboxLimits, AllowFifteenEmployeesRequestsASecondAndThreeHundredAMinute) {
  Limits limits(true);
  EXPECT_EQ(allowed(limits, kEmployees, kStart, 50), 15U);
  std::size_t sum = 15;
  for (int at = 1; at < 60; ++at) sum += allowed(limits, kEmployees, kStart + seconds(at), 50);
  EXPECT_EQ(sum, 300U);
  EXPECT_EQ(allowed(limits, kEmployees, kStart + seconds(60), 50), 15U);
}

TEST(SandboxLimits, EvenlySpacedFiveASecondAreNeverTooMany) {
  Limits limits(true);
  for (int at = 0; at < 2000; ++at) {
    EXPECT_TRUE(limits.take(kEmployees, kStart + milliseconds(200 * at)).allowed) << at;
  }
}

TEST(SandboxLimits, CountAllOfV1Together) {
  Limits limits(true);
  EXPECT_EQ(allowed(limits, "/v1/company/time-offs", kStart, 3000), 2000U);
  EXPECT_EQ(allowed(limits, kEmployees, kStart, 1), 0U);
}

TEST(SandboxLimits, CoolDownAfterTooManyAuthentications) {
  Limits limits(true);
  EXPECT_EQ(allowed(limits, "/v1/auth", kStart, 61), 60U);
  EXPECT_EQ(allowed(limits, "/v1/auth", kStart + seconds(59), 5), 0U);
  EXPECT_EQ(allowed(limits, "/v1/auth", kStart + seconds(61), 5), 5U);
  EXPECT_EQ(allowed(limits, "/v2/auth/token", kStart + seconds(300), 200), 150U);
  EXPECT_EQ(allowed(limits, "/v2/auth/token", kStart + seconds(301), 5), 1U);
}

TEST(SandboxLimits, FillV2BucketsOneForEachPath) {
  Limits limits(true);
  EXPECT_EQ(allowed(limits, "/v2/persons", kStart, 100), 30U);
  EXPECT_EQ(allowed(limits, "/v2/persons/1/employments", kStart, 100), 30U);
  EXPECT_EQ(allowed(limits, "/v2/absence-periods", kStart, 100), 10U);
  EXPECT_EQ(allowed(limits, "/v2/persons", kStart + milliseconds(500), 100), 15U);
}

TEST(SandboxLimits, RunFasterByTheirSpeed) {
  Limits limits(true, 10);
  EXPECT_EQ(allowed(limits, "/v2/persons", kStart, 100), 30U);
  EXPECT_EQ(allowed(limits, "/v2/persons", kStart + milliseconds(50), 100), 15U);
}

class SandboxWithLimits : public SandboxTest {};

TEST_F(SandboxWithLimits, TellsTheBucketAndRefusesWithoutRetryAfter) {
  Settings settings;
  settings.real_limits = true;
  start(settings);
  const std::string first = get_raw("/v2/persons");
  EXPECT_NE(first.find("x-ratelimit-replenish-rate: 30\r\n"), std::string::npos);
  EXPECT_NE(first.find("x-ratelimit-remaining: 29\r\n"), std::string::npos);
  for (int made = 0; made < 29; ++made) EXPECT_EQ(status("/v2/persons"), 200);
  const std::string refused = get_raw("/v2/persons");
  EXPECT_EQ(status_of(refused), 429);
  EXPECT_NE(refused.find("x-ratelimit-remaining: 0\r\n"), std::string::npos);
  EXPECT_EQ(refused.find("etry-"), std::string::npos);
  clock_.advance(std::chrono::seconds(1));
  EXPECT_EQ(status("/v2/persons"), 200);
}

TEST_F(SandboxWithLimits, TellsOfABucketThatNobodyEmptiesOtherwise) {
  EXPECT_NE(get_raw("/v2/persons").find("x-ratelimit-remaining: 99999\r\n"), std::string::npos);
  EXPECT_EQ(get_raw(kList).find("ratelimit"), std::string::npos);
}

}  // namespace
}  // namespace refledger::sandbox
