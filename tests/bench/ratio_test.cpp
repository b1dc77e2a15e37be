// The short form of the append benchmark: a ratio of two things measured in turns, so that a slow
// machine slows both.
#include <algorithm>
#include <chrono>
#include <limits>

#include "bench/scene.h"

namespace refledger::bench {
namespace {

constexpr std::size_t kEntries = 64;
constexpr int kRounds = 8;
constexpr double kGain = 1.5;  ///< measured: 4 and more (docs/performance.md)

double seconds_to_append(Ledger& ledger, std::size_t at_once) {
  const std::vector<std::string> entries = ledger.entries(kEntries);
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t at = 0; at < entries.size(); at += at_once) {
    need(ledger.log().append(std::span(entries).subspan(at, at_once)));
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// How many times longer the entries take when appended `slow` at once instead of `fast` at once:
/// the quickest round of each, since a neighbour can only slow a round down.
double gain(std::size_t slow, std::size_t fast) {
  Ledger one;
  Ledger other;
  double slow_time = std::numeric_limits<double>::max();
  double fast_time = slow_time;
  for (int round = 0; round < kRounds; ++round) {
    slow_time = std::min(slow_time, seconds_to_append(one, slow));
    fast_time = std::min(fast_time, seconds_to_append(other, fast));
  }
  return slow_time / fast_time;
}

// A batch costs one synced write and one checkpoint, however many entries it holds.
TEST(AppendRatio, ABatchCostsLessThanItsEntriesOneByOne) { EXPECT_GT(gain(1, kEntries), kGain); }

TEST(AppendRatio, TheMeasureFindsNoGainWhereThereIsNone) { EXPECT_LT(gain(1, 1), kGain); }

}  // namespace
}  // namespace refledger::bench
