// kill -9, at every sync point and at random moments: what was acknowledged is there, once.
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <thread>

#include "fault_run.h"
#include "other_reader.h"

namespace refledger::test {
namespace {

TEST(Killed, AtEverySyncPointItLosesNothing) {
  const FaultFolder folder;
  std::size_t points = 0;
  const std::size_t step = is_soak() ? 1 : 6;
  for (std::size_t nth = 1;; nth += step) {
    folder.reset();
    const int code = Worker(folder, {}, {"DISK_FAIL=sync:" + std::to_string(nth) + ":kill"}).wait();
    if (code == 0) break;
    ASSERT_EQ(code, 128 + SIGKILL);
    ASSERT_EQ(wrong_after(folder.data(), folder.promised()), "") << "before sync " << nth;
    ++points;
  }
  EXPECT_EQ(wrong_by_other_reader(folder.data()), "");
  EXPECT_GT(points, 10u);
  tell_figure("killed at " + std::to_string(points) + " sync points: 0 losses");
}

// Several callers at once, killed again and again in one folder.
TEST(Killed, AtRandomMomentsItLosesNothing) {
  const FaultFolder folder;
  std::mt19937_64 random(soak_seed());
  const int kills = is_soak() ? 500 : 12;
  for (int round = 0; round < kills; ++round) {
    if (round % 50 == 0) folder.reset();  // so that each start stays quick
    const std::size_t before = folder.promised().positions.size();
    Worker worker(folder, {"callers", "4"});
    const auto wait = std::chrono::microseconds(random() % 60'000);
    // Half of the kills fall into the start, half among the appends.
    for (int tries = 0; round % 2 == 1 && tries < 5000; ++tries) {
      if (folder.promised().positions.size() > before) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    std::this_thread::sleep_for(wait);
    worker.kill();
    const auto ledger = LedgerFolder::open(folder.data());
    ASSERT_TRUE(ledger.has_value()) << ledger.error().detail << ", kill " << round;
    ASSERT_EQ(wrong_in(**ledger, folder.promised(), Entries::callers), "") << "kill " << round;
  }
  EXPECT_EQ(wrong_by_other_reader(folder.data()), "");
  EXPECT_GT(folder.promised().positions.size(), 10u);
  tell_figure("killed " + std::to_string(kills) + " times at random moments: 0 losses");
}

// The control: a writer that answers before it has written is found.
TEST(Killed, IsFoundToLoseEntriesWhereTheAnswerComesFirst) {
  const FaultFolder folder;
  std::size_t found = 0;
  for (std::size_t nth = 20; nth < 140 && found == 0; nth += 3) {
    folder.reset();
    Worker(folder, {"early"}, {"DISK_FAIL=write:" + std::to_string(nth) + ":kill"}).wait();
    if (!wrong_after(folder.data(), folder.promised()).empty()) ++found;
  }
  EXPECT_GT(found, 0u);
}

}  // namespace
}  // namespace refledger::test
