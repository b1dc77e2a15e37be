// The power fails at any sync point: what was acknowledged is there, and nobody cries wolf.
//
// The worker's writes and syncs are journaled; from that the disk is made as a power cut would have
// left it, in five ways, and opened.
#include <gtest/gtest.h>

#include <algorithm>

#include "fault_run.h"
#include "other_reader.h"

namespace refledger::test {
namespace {

/// What was tried, and what was wrong with it.
struct Tried {
  std::size_t points = 0;
  std::size_t cuts = 0;
  std::string wrong;
};

class PowerCut : public testing::Test {
 protected:
  /// Runs the whole scenario; `drop`: a sync of a path that ends so is only pretended.
  void record(const std::string& drop = "") {
    std::vector<std::string> disk{"DISK_JOURNAL=" + folder_.journal().string()};
    if (!drop.empty()) disk.push_back("DISK_DROP=" + drop);
    ASSERT_EQ(Worker(folder_, {}, disk).wait(), 0) << text_of_file(folder_.beside("errors"));
  }

  /// The cuts that are tried at a point: all in the long form, else one that loses everything and
  /// another one in turn.
  static std::vector<Cut> cuts_at(std::size_t point) {
    if (is_soak()) return {std::begin(kCuts), std::end(kCuts)};
    constexpr Cut kOthers[] = {Cut::shuffled, Cut::torn, Cut::names, Cut::shuffled};
    return {Cut::lost, kOthers[point % 4]};
  }

  /// At every sync point, up to the first that is wrong.
  Tried cut_everywhere(std::uint64_t seed) {
    Tried tried;
    DiskReplay replay(folder_.journal(), folder_.data());
    for (const std::size_t point : replay.sync_points()) {
      std::vector<DiskImage> seen;
      for (const Cut cut : cuts_at(tried.points++)) {
        DiskImage image = replay.after_cut(point, cut, seed);
        if (std::ranges::find(seen, image) != seen.end()) continue;
        folder_.lay_out(image);
        seen.push_back(std::move(image));
        const bool repeats = is_soak() || cut == Cut::lost;
        const std::string wrong =
            wrong_after(folder_.data(), Promised::of(replay.notes()), repeats);
        ++tried.cuts;
        if (wrong.empty()) continue;
        tried.wrong =
            "cut before event " + std::to_string(point) + ", " + name_of(cut) + ": " + wrong;
        return tried;
      }
    }
    return tried;
  }

  /// At the very end, when everything was acknowledged.
  std::string wrong_at_the_end() {
    DiskReplay replay(folder_.journal(), folder_.data());
    folder_.lay_out(replay.after_cut(replay.end(), Cut::lost, 1));
    return wrong_after(folder_.data(), Promised::of(replay.notes()));
  }

  FaultFolder folder_;
};

TEST_F(PowerCut, LosesNothingAcknowledgedAtAnySyncPoint) {
  record();
  const int rounds = is_soak() ? 20 : 1;
  Tried all;
  for (int round = 0; round < rounds; ++round) {
    const Tried tried = cut_everywhere(soak_seed() + static_cast<std::uint64_t>(round));
    ASSERT_EQ(tried.wrong, "") << "seed " << soak_seed() << " + " << round;
    ASSERT_EQ(wrong_by_other_reader(folder_.data()), "");
    all.points = tried.points;
    all.cuts += tried.cuts;
  }
  EXPECT_GT(all.points, 50u);
  tell_figure("power cut: " + std::to_string(all.points) + " sync points, " +
              std::to_string(all.cuts) + " different disks, 0 losses, 0 false alarms");
}

// The controls: the same check finds what a sync that never happened loses.
TEST_F(PowerCut, IsFoundToLoseEntriesWhereTheDiskOnlyPretendsToSyncTheDatabase) {
  record(".log");
  EXPECT_NE(wrong_at_the_end(), "");
}

TEST_F(PowerCut, IsFoundToLoseTheHeadWhereTheDiskOnlyPretendsToSyncTheAnchor) {
  record("ledger.head");
  EXPECT_NE(wrong_at_the_end(), "");
}

TEST_F(PowerCut, AtTheEndEverythingIsThereAsAControlOfTheControls) {
  record();
  EXPECT_EQ(wrong_at_the_end(), "");
}

}  // namespace
}  // namespace refledger::test
