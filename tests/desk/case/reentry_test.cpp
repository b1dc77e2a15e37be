// A ledger that went on from an older state gets back what the vault knows to have been in it.
#include <gtest/gtest.h>

#include "desk/case/archive.h"
#include "desk/case/book.h"
#include "ledger/format/link.h"
#include "ledger/format/origin.h"
#include "ledger/log/epoch.h"
#include "world.h"

namespace refledger::desk {
namespace {

using Content = std::map<std::string, test::MemoryStore::Space, std::less<>>;

std::vector<std::string> entries_of(const log::View& view) {
  std::vector<std::string> entries;
  for (std::uint64_t at = 0; at < view.checkpoint().size.leaves; ++at) {
    entries.push_back(*view.entry({at}));
  }
  std::ranges::sort(entries);
  return entries;
}

struct ReentryTest : testing::Test {
  World world;
  Content older;

  // Three references, one of them withdrawn, after the state that will be left.
  ReentryTest() {
    settle();
    older = world.ledger.content();
    world.source.people = {leaver("7"), leaver("8"), leaver("9")};
    world.sync();
    EXPECT_TRUE(world.desk->withdraw(id_of(0)).has_value());
  }

  Archive archive() const { return Archive(*world.vault); }
  void settle() { ASSERT_TRUE(world.log->build_indexes().has_value()); }
  ReferenceId id_of(std::size_t nth) {
    return *format::parse_id(world.desk->cases()->at(nth).reference_id);
  }
  // What `refledger log restore --new-epoch` leaves.
  void lose_all_but(const Content& state, unsigned epoch = 2) {
    world.desk.reset();
    world.log.reset();
    world.ledger.content() = state;
    world.ledger.reopen();
    world.anchor = test::MemoryAnchor();
    world.origin = format::origin_of_epoch(kOrigin, epoch);
    ASSERT_TRUE(log::start_epoch(world.ledger, world.origin, *world.log_key, world.anchor,
                                 world.clock.now()));
    world.start(2);
  }
  SyncReport carry_on() {
    Result<SyncReport> report = world.desk->carry_on();
    EXPECT_TRUE(report.has_value()) << report.error().detail;
    return report ? *report : SyncReport{};
  }
};

TEST_F(ReentryTest, EveryLostEntryComesBackByteForByte) {
  const std::vector<std::string> before = entries_of(*world.log->view());
  lose_all_but(older);
  EXPECT_EQ(world.count<format::Issued>(), 0u);
  EXPECT_EQ(carry_on().entered_again, 3u);
  EXPECT_EQ(entries_of(*world.log->view()), before);
  EXPECT_EQ(world.desk->cases()->at(0).stage, Stage::withdrawn);
  EXPECT_TRUE(world.log->view()->find(hash_reference(id_of(0)))->withdrawn.has_value());
  EXPECT_FALSE(world.log->view()->find(hash_reference(id_of(1)))->withdrawn.has_value());
}

TEST_F(ReentryTest, OnlyWhatIsMissingIsAppended) {
  settle();
  const Content with_these = world.ledger.content();
  world.source.people.push_back(leaver("10"));
  world.sync();
  const std::size_t size = world.log->view()->checkpoint().size.leaves;
  lose_all_but(with_these);
  EXPECT_EQ(carry_on().entered_again, 1u);
  EXPECT_EQ(world.log->view()->checkpoint().size.leaves, size);
}

TEST_F(ReentryTest, AWithdrawalThatAloneWasLostComesBack) {
  settle();
  const Content before = world.ledger.content();
  ASSERT_TRUE(world.desk->withdraw(id_of(1)));
  lose_all_but(before);
  EXPECT_EQ(carry_on().entered_again, 1u);
  EXPECT_EQ(world.count<format::Withdrawn>(), 2u);
}

TEST_F(ReentryTest, NothingIsAppendedTwiceNorLookedForAgain) {
  lose_all_but(older);
  EXPECT_EQ(carry_on().entered_again, 3u);
  const std::size_t size = world.log->view()->checkpoint().size.leaves;
  EXPECT_EQ(carry_on().entered_again, 0u);
  world.start(3);
  EXPECT_EQ(carry_on().entered_again, 0u);
  EXPECT_EQ(world.log->view()->checkpoint().size.leaves, size);
}

TEST_F(ReentryTest, AKillAtAnyStepIsMadeGoodByTheNextStart) {
  const std::vector<std::string> before = entries_of(*world.log->view());
  lose_all_but(older);
  std::size_t killed = 0;
  for (std::size_t step = 1; step <= 3; ++step) {
    world.steps.clear();
    world.die_after = 1;
    EXPECT_THROW((void)world.desk->carry_on().has_value(), Killed);
    ++killed;
    world.die_after.reset();
    world.start(static_cast<std::uint8_t>(10 + step));
  }
  carry_on();
  EXPECT_EQ(entries_of(*world.log->view()), before);
  EXPECT_EQ(killed, 3u);
}

// A reference whose issuer key the older state does not know cannot be entered there: that is told,
// and the others go on.
TEST_F(ReentryTest, WhatTheLogRefusesIsToldAndTriedAgainAtTheNextStart) {
  const std::unique_ptr<sign::Ed25519Key> other = key_of(77);
  const Kept kept = archive().load_all(kIss, "personio")->at(1);
  Kept altered = kept;
  altered.content.entry = format::sign_entry(
      format::Issued{{}, {}, hash_reference(kept.content.identity->id)}, kOrigin, *other);
  ASSERT_TRUE(archive().save(altered));
  lose_all_but(older);
  for (const std::uint8_t start : {std::uint8_t{3}, std::uint8_t{4}}) {
    const SyncReport report = carry_on();
    ASSERT_EQ(report.problems.size(), 1u);
    EXPECT_EQ(report.problems[0].find(kept.content.case_id), 0u);
    EXPECT_TRUE(carry_on().problems.empty()) << "once a start";
    world.start(start);
  }
  EXPECT_EQ(world.count<format::Issued>(), 2u);
  ASSERT_TRUE(archive().save(kept));
  EXPECT_EQ(carry_on().entered_again, 1u);
  EXPECT_EQ(world.count<format::Issued>(), 3u);
}

TEST_F(ReentryTest, WithoutALossNothingIsWrittenByTheNextStart) {
  const TreeSize size = world.log->view()->checkpoint().size;
  world.start(2);
  EXPECT_EQ(carry_on().entered_again, 0u);
  EXPECT_EQ(world.log->view()->checkpoint().size, size);
}

}  // namespace
}  // namespace refledger::desk
