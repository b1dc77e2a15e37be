// Every write that the log makes fails, to the database and to the anchor, in both ways; the log
// stops there, and opened anew it has everything acknowledged.
#include <gtest/gtest.h>

#include "fault_run.h"
#include "ledger_scenario.h"
#include "other_reader.h"

namespace refledger::test {
namespace {

using Loss = FaultPlan::Loss;

struct Played {
  Promised promised;
  std::string wrong;
};

// The scenario up to the first refusal; `forgives`: a control that takes a refusal for an answer.
Played play(const std::filesystem::path& folder, FaultPlan& plan, bool forgives = false) {
  Played run;
  const std::vector<std::string>& entries = scenario_entries();
  std::unique_ptr<LedgerFolder> ledger;
  for (std::size_t batch = 0; batch < kBatches.size(); ++batch) {
    if (batch == 0 || kReopenings.contains(batch)) {
      ledger.reset();
      auto opened = LedgerFolder::open(folder, HandClock(), &plan);
      if (!opened) return run;
      ledger = *std::move(opened);
    }
    const std::size_t from = kBatches[batch];
    const std::size_t to = batch + 1 < kBatches.size() ? kBatches[batch + 1] : entries.size();
    const bool failed_before = plan.failed();
    const auto appended = ledger->log().append(std::span(entries).subspan(from, to - from));
    if (appended && failed_before) run.wrong = "it went on after a failed write";
    if (!appended && !forgives) {
      const std::vector<std::string> first{entries.front()};
      if (ledger->log().append(first).has_value()) run.wrong = "it took one more";
      if (ledger->log().put_status_token(0, "token").has_value()) run.wrong = "it took a token";
      return run;
    }
    for (std::size_t number = from; number < to; ++number) run.promised.positions[number] = number;
    if (batch % 3 == 2 && ledger->log().put_status_token(0, scenario_token(batch))) {
      run.promised.token = batch;
    }
    if (batch % 3 == 1) (void)ledger->log().build_indexes();
  }
  return run;
}

TEST(FailingWrites, StopTheLogAndLoseNothingWhicheverItIs) {
  std::size_t tried = 0;
  for (const Loss loss : {Loss::lost, Loss::kept}) {
    for (std::size_t nth = 0;; ++nth) {
      SCOPED_TRACE(testing::Message() << "write " << nth << (loss == Loss::kept ? " kept" : ""));
      const FaultFolder folder;
      FaultPlan plan(nth, loss);
      const Played done = play(folder.data(), plan);
      ASSERT_EQ(done.wrong, "");
      // The recovery's own first write fails as well, every other time.
      if (nth % 2 == 1) {
        FaultPlan again(0, nth % 4 == 1 ? Loss::lost : Loss::kept);
        (void)LedgerFolder::open(folder.data(), HandClock(), &again);
      }
      ASSERT_EQ(wrong_after(folder.data(), done.promised), "");
      if (!plan.failed()) break;
      if (++tried % 16 == 0) {
        ASSERT_EQ(wrong_by_other_reader(folder.data()), "");
      }
    }
  }
  EXPECT_GT(tried, 30u);
  tell_figure("failing writes of the log: " + std::to_string(tried) + ", 0 losses");
}

// The control: who takes a refusal for an answer is found to have promised what is not there.
TEST(FailingWrites, AreFoundToLoseEntriesWhereARefusalIsTakenForAnAnswer) {
  std::size_t found = 0;
  for (std::size_t nth = 9; nth < 19 && found == 0; ++nth) {
    const FaultFolder folder;
    FaultPlan plan(nth, Loss::lost);
    const Played done = play(folder.data(), plan, true);
    if (!wrong_after(folder.data(), done.promised).empty()) ++found;
  }
  EXPECT_GT(found, 0u);
}

}  // namespace
}  // namespace refledger::test
