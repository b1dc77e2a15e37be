// The short form of the append benchmark: a ratio of two things measured in turns, so that a slow
// machine slows both.
#include <algorithm>
#include <chrono>
#include <deque>
#include <limits>

#include "bench/scene.h"

namespace refledger::bench {
namespace {

constexpr std::size_t kEntries = 64;
constexpr int kRounds = 8;
constexpr double kGain = 1.5;  ///< measured: several times (docs/performance.md)

double seconds_to_append(Ledger& ledger, std::size_t at_once) {
  const std::vector<std::string> entries = ledger.entries(kEntries);
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t at = 0; at < entries.size(); at += at_once) {
    need(ledger.log().append(std::span(entries).subspan(at, at_once)));
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Each entry for itself, with `window` of them under way at a time.
double seconds_under_way(Ledger& ledger, std::size_t window) {
  const std::vector<std::string> entries = ledger.entries(kEntries);
  const auto start = std::chrono::steady_clock::now();
  std::deque<log::Log::Ticket> under_way;
  for (const std::string& entry : entries) {
    under_way.push_back(need(ledger.log().submit({&entry, 1})));
    if (under_way.size() < window) continue;
    need(under_way.front().wait());
    under_way.pop_front();
  }
  for (const log::Log::Ticket& ticket : under_way) need(ticket.wait());
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// How many times longer the entries take when appended `slow` at once instead of `fast` at once:
/// the quickest round of each, since a neighbour can only slow a round down.
double gain(std::size_t slow, std::size_t fast, const auto& seconds) {
  Ledger one;
  Ledger other;
  double slow_time = std::numeric_limits<double>::max();
  double fast_time = slow_time;
  for (int round = 0; round < kRounds; ++round) {
    slow_time = std::min(slow_time, seconds(one, slow));
    fast_time = std::min(fast_time, seconds(other, fast));
  }
  return slow_time / fast_time;
}

// A batch costs one synced write and one checkpoint, however many entries it holds.
TEST(AppendRatio, ABatchCostsLessThanItsEntriesOneByOne) {
  EXPECT_GT(gain(1, kEntries, seconds_to_append), kGain);
}

// Whoever does not wait for each answer shares the write with those behind.
TEST(AppendRatio, AppendsUnderWayTogetherCostLessThanOneAfterTheOther) {
  EXPECT_GT(gain(1, kEntries, seconds_under_way), kGain);
}

TEST(AppendRatio, TheMeasureFindsNoGainWhereThereIsNone) {
  EXPECT_LT(gain(1, 1, seconds_to_append), kGain);
  EXPECT_LT(gain(1, 1, seconds_under_way), kGain);
}

}  // namespace
}  // namespace refledger::bench
