// An older copy is put back: of the ledger, of its anchor, of both.  And: two at once, and clocks.
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <thread>

#include "fault_run.h"
#include "ledger_scenario.h"
#include "other_reader.h"
#include "support/merkle_reference.h"

namespace refledger::test {
namespace {

namespace fs = std::filesystem;

DiskImage image_of(const FaultFolder& folder) {
  DiskImage image;
  image.folders = {(folder.data() / "ledger").string()};
  for (const auto& file : fs::recursive_directory_iterator(folder.data())) {
    if (file.is_regular_file()) image.files[file.path().string()] = text_of_file(file.path());
  }
  return image;
}

// The folder after each batch of the scenario.
class Rollback : public testing::Test {
 protected:
  void SetUp() override {
    const std::vector<std::string>& entries = scenario_entries();
    for (std::size_t batch = 0; batch < kBatches.size(); ++batch) {
      const std::size_t to = batch + 1 < kBatches.size() ? kBatches[batch + 1] : entries.size();
      {
        const auto ledger = *LedgerFolder::open(folder_.data());
        const auto part = std::span(entries).subspan(kBatches[batch], to - kBatches[batch]);
        ASSERT_TRUE(ledger->log().append(part).has_value());
        views_.push_back(ledger->log().view()->checkpoint());
      }
      sizes_.push_back(to);
      images_.push_back(image_of(folder_));
    }
  }

  Result<std::unique_ptr<LedgerFolder>> open(std::size_t ledger, std::size_t anchor) {
    DiskImage image = images_[ledger];
    const std::string head = (folder_.data() / "ledger.head").string();
    image.files[head] = images_[anchor].files[head];
    folder_.lay_out(image);
    return LedgerFolder::open(folder_.data());
  }

  FaultFolder folder_;
  std::vector<DiskImage> images_;
  std::vector<std::size_t> sizes_;
  std::vector<format::Checkpoint> views_;
};

// Each batch was settled when the log was closed: the store held it for good, so none may be
// missing.
TEST_F(Rollback, OfTheLedgerAloneIsRefused) {
  std::size_t pairs = 0;
  for (std::size_t anchor = 0; anchor < images_.size(); ++anchor) {
    for (std::size_t ledger = 0; ledger < anchor; ++ledger) {
      const auto opened = open(ledger, anchor);
      ++pairs;
      ASSERT_FALSE(opened.has_value()) << ledger << " under " << anchor;
      EXPECT_EQ(opened.error().fault, Fault::refused);
    }
  }
  tell_figure("rollback of the ledger: " + std::to_string(pairs) + " pairs, all refused");
}

TEST_F(Rollback, OfTheAnchorAloneLosesNothing) {
  std::size_t pairs = 0;
  for (std::size_t ledger = 1; ledger < images_.size(); ledger += 2) {
    for (std::size_t anchor = 0; anchor < ledger; anchor += 2) {
      const auto opened = open(ledger, anchor);
      ASSERT_TRUE(opened.has_value()) << opened.error().detail;
      EXPECT_EQ((*opened)->log().view()->checkpoint().size.leaves, sizes_[ledger]);
      ++pairs;
    }
  }
  EXPECT_EQ(wrong_by_other_reader(folder_.data()), "");
  tell_figure("rollback of the anchor: " + std::to_string(pairs) + " pairs, nothing lost");
}

// What no machine can see of itself; whoever kept a later checkpoint can.  It is the control too:
// without an anchor that stayed, the check for refusals finds none.
TEST_F(Rollback, OfBothIsSeenByWhoeverKeptALaterCheckpoint) {
  const std::vector<std::string>& entries = scenario_entries();
  const auto opened = open(2, 2);
  ASSERT_TRUE(opened.has_value()) << opened.error().detail;
  Promised promised;
  promised.positions[entries.size() - 1] = entries.size() - 1;
  EXPECT_NE(wrong_in(**opened, promised), "");

  // The log goes on another way.  Nobody can prove that to who knows the first way.
  Company company;
  company.first();
  std::vector<std::string> others;
  for (std::uint64_t number = 500; others.size() + sizes_[2] <= sizes_.back(); ++number) {
    others.push_back(company.issue(number));
  }
  ASSERT_TRUE((*opened)->log().append(others).has_value());
  const log::View view = *(*opened)->log().view();
  const format::Checkpoint kept = views_.back();
  const auto proof = view.consistency(kept.size);
  ASSERT_TRUE(proof.has_value());
  EXPECT_FALSE(consistency_holds(kept.size.leaves, view.checkpoint().size.leaves, kept.root,
                                 view.checkpoint().root, *proof));
  const format::Checkpoint before = views_[2];
  EXPECT_TRUE(consistency_holds(before.size.leaves, view.checkpoint().size.leaves, before.root,
                                view.checkpoint().root, *view.consistency(before.size)));
}

TEST(TwoAtOnce, TheSecondIsRefusedWhileTheFirstLives) {
  const FaultFolder folder;
  const int times = is_soak() ? 500 : 5;
  const std::vector<std::string> entry{scenario_entries().front()};
  for (int time = 0; time < times; ++time) {
    Worker first(folder, {"callers", "1"});
    const std::size_t before = folder.promised().positions.size();
    for (int tries = 0; tries < 10'000 && folder.promised().positions.size() == before; ++tries) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const auto second = LedgerFolder::open(folder.data());
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().fault, Fault::conflict);
    EXPECT_NE(second.error().detail.find("in use"), std::string::npos);
  }
  // The control: once the first has gone, the second is let in.
  EXPECT_TRUE(LedgerFolder::open(folder.data()).has_value());
  tell_figure("started twice: " + std::to_string(times) + " times, all refused");
}

TEST(TwoAtOnce, ACopyOfTheFolderIsRefused) {
  const FaultFolder folder;
  ASSERT_EQ(Worker(folder).wait(), 0);
  fs::copy(folder.data(), folder.beside("copy"), fs::copy_options::recursive);
  const auto copy = LedgerFolder::open(folder.beside("copy"));
  ASSERT_FALSE(copy.has_value());
  EXPECT_EQ(copy.error().fault, Fault::refused);
  // The control: the original opens, and the copy once an operator says that it counts now.
  EXPECT_TRUE(LedgerFolder::open(folder.data()).has_value());
  ASSERT_TRUE(log::FileAnchor::adopt(folder.beside("copy") / "ledger.head", "a test's machine",
                                     HandClock().now())
                  .has_value());
  EXPECT_TRUE(LedgerFolder::open(folder.beside("copy")).has_value());
}

// Steps from a second to ten years, in both directions, with and without a restart in between.
TEST(ClockSteps, NothingIsSignedBeforeTheTimeOfTheLastSigning) {
  using std::chrono::hours;
  using std::chrono::seconds;
  const FaultFolder folder;
  HandClock clock;
  std::mt19937_64 random(soak_seed());
  constexpr std::chrono::milliseconds kSteps[] = {
      seconds(1),      -seconds(1),       seconds(90),      -seconds(4),
      -seconds(60),    hours(1),          -hours(2),        hours(24 * 365),
      -hours(24 * 30), -hours(24 * 3650), hours(24 * 3650), -seconds(3600)};
  Company company;
  auto ledger = *LedgerFolder::open(folder.data(), clock);
  const std::vector<std::string> first{company.first()};
  ASSERT_TRUE(ledger->log().append(first).has_value());
  UtcMillis newest = clock.now();
  const std::size_t steps = is_soak() ? 2000 : 60;
  std::size_t refused = 0;
  for (std::uint64_t step = 0; step < steps; ++step) {
    clock.advance(kSteps[random() % std::size(kSteps)]);
    if (random() % 4 == 0) {
      ledger.reset();
      ledger = *LedgerFolder::open(folder.data(), clock);
    } else {
      ledger->clock() = clock;
    }
    const std::vector<std::string> entry{company.issue(step)};
    const auto appended = ledger->log().append(entry);
    const bool back = clock.now() + seconds(5) < newest;
    ASSERT_EQ(appended.has_value(), !back) << "step " << step;
    if (back) {
      EXPECT_EQ(appended.error().fault, Fault::conflict);
      EXPECT_NE(appended.error().detail.find("the clock went back"), std::string::npos);
      ++refused;
    }
    if (!back) newest = std::max(newest, clock.now());
    // A refusal changes nothing, and what is there already needs no signing.
    ASSERT_TRUE(ledger->log().append(first).has_value());
    if (clock.now() + hours(24 * 365 * 20) < newest) clock.advance(newest - clock.now());
  }
  ledger.reset();
  EXPECT_EQ(wrong_by_other_reader(folder.data()), "");
  EXPECT_GT(refused, steps / 10);
  EXPECT_LT(refused, steps);
  tell_figure("clock: " + std::to_string(steps) + " steps, " + std::to_string(refused) +
              " of them back: nothing signed there");
}

// The control: a head whose time was set back by hand lets the clock go back.
TEST(ClockSteps, AreFoundToGoBackWhereTheAnchorWasToldSo) {
  const FaultFolder folder;
  ASSERT_EQ(Worker(folder).wait(), 0);
  HandClock clock;
  clock.advance(-std::chrono::hours(24));
  Company company;
  company.first();
  const std::vector<std::string> entry{company.issue(900)};
  EXPECT_FALSE((*LedgerFolder::open(folder.data(), clock))->log().append(entry).has_value());
  ASSERT_TRUE(log::FileAnchor::adopt(folder.data() / "ledger.head", "a test's machine", clock.now())
                  .has_value());
  EXPECT_TRUE((*LedgerFolder::open(folder.data(), clock))->log().append(entry).has_value());
}

}  // namespace
}  // namespace refledger::test
