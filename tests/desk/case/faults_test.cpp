// Exactly once under failure: the process dies after any step, or any write of any store fails.
//
// Shape    In memory, with two leavers; crash_test.cpp does the same with real processes.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "desk/case/steps.h"
#include "world.h"

namespace refledger::desk {
namespace {

void expect_each_exactly_once(const World& world, std::size_t leavers) {
  EXPECT_EQ(world.count<format::Issued>(), leavers);
  std::map<std::string, std::set<std::string>> messages;  // by address
  std::map<std::string, std::set<std::string>> ids;
  for (const auto& sent : world.transport.sent) {
    messages[sent.to].insert(sent.message);
    ids[sent.to].insert(sent.message_id);
  }
  EXPECT_EQ(messages.size(), leavers);
  for (const auto& [to, bytes] : messages) EXPECT_EQ(bytes.size(), 1u) << "one message, its bytes";
  for (const auto& [to, names] : ids) EXPECT_EQ(names.size(), 1u) << "one Message-ID";
  const log::View view = *world.log->view();
  for (const auto& [to, bytes] : messages) {
    const Brought brought = judge(*bytes.begin(), world.clock.now());
    EXPECT_EQ(brought.report.verdict, verify::Verdict::genuine_and_valid) << brought.report.reason;
    const auto document = sha256_as<DocumentHash>(brought.document);
    EXPECT_EQ(view.find_document(document)->size(), 1u) << "the log has this very document";
  }
  const std::vector<CaseSummary> cases = *world.desk->cases();
  for (const CaseSummary& summary : cases) {
    EXPECT_EQ(summary.stage, Stage::delivered) << name_of(summary.stage);
  }
  for (const char* kind : {"message", "document", "record", "proof"}) {
    EXPECT_TRUE(world.vault->list(kind)->empty()) << kind;
  }
}

void populate(World& world) {
  world.source.people = {leaver("1", "CH", "de"), leaver("2", "DE", "en"), stayer("3")};
}

std::size_t steps_of_a_whole_run() {
  World world;
  populate(world);
  world.sync();
  return world.steps.size();
}

TEST(DeskFaults, ADeathAfterAnyStepLeavesExactlyOneOfEach) {
  const std::size_t all = steps_of_a_whole_run();
  // What is remembered of the people, and one status token, for both.
  ASSERT_EQ(all, 2 * (step_names().size() - 2) + 2);
  for (std::size_t death = 1; death <= all; ++death) {
    SCOPED_TRACE(testing::Message() << "after step " << death);
    World world;
    populate(world);
    world.die_after = death;
    EXPECT_THROW((void)world.desk->sync().has_value(), Killed);
    world.die_after.reset();
    world.start(2);
    world.sync();
    expect_each_exactly_once(world, 2);
  }
}

TEST(DeskFaults, DyingAgainAndAgainComesToTheSameEnd) {
  World world;
  populate(world);
  for (std::uint8_t life = 2; life < 200; ++life) {
    world.steps.clear();
    world.die_after = 1 + life % 4;  // a handover cut off takes four steps from the next life
    try {
      world.sync();
      break;
    } catch (const Killed&) {
      world.start(life);
    }
  }
  expect_each_exactly_once(world, 2);
}

TEST(DeskFaults, ResumeAloneFinishesWhatWasIdentified) {
  World world;
  populate(world);
  world.public_answers = false;
  world.sync();
  world.public_answers = true;
  world.source.failure = Error{Fault::upstream, "down"};
  world.start(2);
  ASSERT_TRUE(world.desk->resume());
  expect_each_exactly_once(world, 2);
}

TEST(DeskFaults, ResumeLeavesCasesToTheNextSyncWhoseFactsMayHaveChanged) {
  World world;
  populate(world);
  world.die_after = 4;  // both opened and drafted
  EXPECT_THROW((void)world.desk->sync().has_value(), Killed);
  world.die_after.reset();
  world.start(2);
  EXPECT_EQ(world.desk->resume()->issued, 0u);
  world.source.person("1") = stayer("1");
  world.sync();
  EXPECT_EQ(world.count<format::Issued>(), 1u) << "the extended one got none";
}

// With a hold period there are two runs: the notice, and a day later the reference.
TEST(DeskFaults, ADeathAroundTheNoticeOrAnOrderLosesNeither) {
  const auto held = [] {
    auto world = std::make_unique<World>();
    world->issuer.hr_mail = "hr-team@example.ch";
    world->issuer.automatic = {};
    world->issuer.automatic.set("", "",
                                {ingest::AutomaticMode::issue, 0, std::chrono::hours(24), {}});
    world->start(2);
    world->source.people = {leaver("1"), stayer("2")};
    return world;
  };
  const auto notices = [](const World& world) {
    return std::count_if(world.transport.sent.begin(), world.transport.sent.end(),
                         [](const auto& sent) { return sent.to == "hr-team@example.ch"; });
  };
  auto whole = held();
  whole->sync();
  ASSERT_EQ(whole->steps.back(), step::noticed);
  for (std::size_t death = 1; death <= whole->steps.size(); ++death) {
    SCOPED_TRACE(testing::Message() << "after \"" << whole->steps[death - 1] << "\"");
    auto world = held();
    world->die_after = death;
    EXPECT_THROW((void)world->desk->sync().has_value(), Killed);
    world->die_after.reset();
    world->start(3);
    world->sync();
    EXPECT_EQ(world->count<format::Issued>(), 0u) << "held";
    EXPECT_GE(notices(*world), 1);
    EXPECT_LE(notices(*world), 2);
    world->clock.advance(std::chrono::hours(24));
    world->sync();
    EXPECT_EQ(world->count<format::Issued>(), 1u);
    EXPECT_EQ(world->only_case().stage, Stage::delivered);
  }
}

// Fails every write of one store in turn, lost and kept although reported lost, then goes on as a
// new process would.
void fail_each_write(test::MemoryStore World::*store, std::size_t at_least) {
  for (const auto loss : {test::MemoryStore::Loss::lost, test::MemoryStore::Loss::kept}) {
    std::size_t nth = 0;
    for (;; ++nth) {
      SCOPED_TRACE(testing::Message()
                   << "write " << nth << (loss == test::MemoryStore::Loss::kept ? " kept" : ""));
      World world;
      world.source.people = {leaver("1")};
      (world.*store).fail_write(nth, loss);
      const Result<SyncReport> report = world.desk->sync();
      if (!(world.*store).stopped()) break;
      ASSERT_FALSE(report);
      EXPECT_EQ(report.error().fault, Fault::storage);
      world.start(2);
      world.sync();
      expect_each_exactly_once(world, 1);
    }
    EXPECT_GE(nth, at_least) << "every write must have failed once";
  }
}

TEST(DeskFaults, AnyWriteOfTheVaultMayFail) { fail_each_write(&World::vault_store, 20); }
TEST(DeskFaults, AnyWriteOfTheLedgerMayFail) { fail_each_write(&World::ledger, 2); }
TEST(DeskFaults, AnyWriteOfTheRecordsMayFail) { fail_each_write(&World::records_store, 1); }

}  // namespace
}  // namespace refledger::desk
