// References that are published once a day: together, shuffled, and delivered only then.
#include "desk/case/publishing.h"

#include <gtest/gtest.h>

#include <set>

#include "desk/case/archive.h"
#include "desk/case/book.h"
#include "desk/case/steps.h"
#include "ledger/format/link.h"
#include "world.h"

namespace refledger::desk {
namespace {

UtcMillis at(const char* text) { return *parse_time(text, "time"); }

TEST(NextPublication, IsTheNextTimeThatClocksInTheZoneShowIt) {
  const auto next = [](const char* now, int minutes, const char* zone = "Europe/Zurich") {
    return format_time(*next_publication(at(now), std::chrono::minutes(minutes), zone));
  };
  EXPECT_EQ(next("2026-11-02T08:00:00.000Z", 18 * 60), "2026-11-02T17:00:00.000Z");
  EXPECT_EQ(next("2026-11-02T17:00:00.000Z", 18 * 60), "2026-11-03T17:00:00.000Z");
  EXPECT_EQ(next("2026-11-02T16:59:59.999Z", 18 * 60), "2026-11-02T17:00:00.000Z");
  EXPECT_EQ(next("2026-11-02T23:30:00.000Z", 60), "2026-11-03T00:00:00.000Z");
  EXPECT_EQ(next("2026-07-01T08:00:00.000Z", 18 * 60), "2026-07-01T16:00:00.000Z");
  // Clocks go back on the 25th of October and forward on the 29th of March.
  EXPECT_EQ(next("2026-10-24T20:00:00.000Z", 18 * 60), "2026-10-25T17:00:00.000Z");
  EXPECT_EQ(next("2027-03-27T20:00:00.000Z", 18 * 60), "2027-03-28T16:00:00.000Z");
  EXPECT_EQ(next("2026-11-02T08:00:00.000Z", 0, "Pacific/Auckland"), "2026-11-02T11:00:00.000Z");
  EXPECT_EQ(next_publication(at("2026-11-02T08:00:00.000Z"), {}, "Mars/Olympus").error().fault,
            Fault::not_found);
}

TEST(RandomOrder, IsEveryOrderAboutAsOften) {
  SystemRandom random;
  std::map<std::vector<std::size_t>, int> counts;
  for (int n = 0; n < 6000; ++n) ++counts[random_order(3, random)];
  ASSERT_EQ(counts.size(), 6u);
  for (const auto& [order, count] : counts) {  // 1000 expected; beyond these once in 10^20
    EXPECT_GT(count, 700);
    EXPECT_LT(count, 1300);
  }
  EXPECT_TRUE(random_order(0, random).empty());
  EXPECT_EQ(random_order(1, random), std::vector<std::size_t>{0});
}

constexpr std::size_t kLeavers = 8;

std::vector<CaseSummary> all_cases(const World& world) { return *world.desk->cases(); }

struct Publishing : testing::Test {
  World world;

  Publishing() {
    world.issuer.publish_at = std::chrono::hours(18);
    world.clock.set("2026-11-02T08:00:00.000Z");
    world.start(2);
    for (std::size_t n = 1; n <= kLeavers; ++n) {
      world.source.people.push_back(leaver(std::to_string(n)));
    }
  }

  std::vector<ReferenceHash> in_the_log() const {
    std::vector<ReferenceHash> refs;
    const log::View view = *world.log->view();
    for (std::uint64_t n = 0; n < view.checkpoint().size.leaves; ++n) {
      const format::Entry entry = *format::parse_entry(*view.entry({n}));
      if (const auto* act = std::get_if<format::Issued>(&entry.act)) refs.push_back(act->ref);
    }
    return refs;
  }
  std::vector<ReferenceHash> as_opened() const {
    std::vector<ReferenceHash> refs;
    for (const CaseSummary& one : all_cases(world)) {
      refs.push_back(hash_reference(*format::parse_id(one.reference_id)));
    }
    return refs;
  }
  void resume() {
    const Result<SyncReport> report = world.desk->resume();
    ASSERT_TRUE(report.has_value()) << report.error().detail;
    EXPECT_EQ(report->problems, std::vector<std::string>());
  }
  void evening(const char* time = "2026-11-02T17:00:00.000Z") {
    world.clock.set(time);
    resume();
    resume();  // what was published is composed and handed over
  }
};

TEST_F(Publishing, NothingIsInTheLogNorDeliveredBeforeTheHour) {
  const SyncReport report = world.sync();
  EXPECT_EQ(report.issued, 0u);
  EXPECT_EQ(report.waiting, 0u) << "nothing for HR to do";
  world.clock.set("2026-11-02T16:59:59.000Z");
  resume();
  EXPECT_TRUE(in_the_log().empty());
  EXPECT_TRUE(world.transport.sent.empty());
  for (const CaseSummary& one : all_cases(world)) {
    EXPECT_EQ(one.waiting, Waiting::to_publish);
    EXPECT_EQ(one.stage, Stage::stored);
    EXPECT_NE(one.waiting_for.find("published at 2026-11-02, 18:00"), std::string::npos)
        << one.waiting_for;
  }
}

TEST_F(Publishing, AtTheHourAllAreInTheLogUnderOneCheckpointAndThenDelivered) {
  world.sync();
  const std::size_t heads = world.ledger.writes();
  evening();
  EXPECT_EQ(world.ledger.writes() - heads, 2u) << "one for the entries, one for the status token";
  std::vector<ReferenceHash> logged = in_the_log();
  std::vector<ReferenceHash> opened = as_opened();
  EXPECT_NE(logged, opened) << "shuffled, but for once in 40,320 seeds";
  std::ranges::sort(logged);
  std::ranges::sort(opened);
  EXPECT_EQ(logged, opened);
  EXPECT_EQ(world.transport.sent.size(), kLeavers);
  for (const auto& sent : world.transport.sent) {
    EXPECT_EQ(judge(sent.message, world.clock.now()).report.verdict,
              verify::Verdict::genuine_and_valid);
  }
}

TEST_F(Publishing, TheOrderIsWhatTheRandomBytesSay) {
  world.sync();
  std::set<std::vector<std::size_t>> orders;
  for (std::uint8_t seed = 20; seed < 24; ++seed) {
    World other;
    other.issuer = world.issuer;
    other.clock.set("2026-11-02T08:00:00.000Z");
    other.start(2);
    other.source.people = world.source.people;
    other.sync();
    other.start(seed);
    other.clock.set("2026-11-02T17:00:00.000Z");
    ASSERT_TRUE(other.desk->resume());
    std::vector<ReferenceHash> opened;
    for (const CaseSummary& one : all_cases(other)) {
      opened.push_back(hash_reference(*format::parse_id(one.reference_id)));
    }
    std::vector<std::size_t> order;
    const log::View view = *other.log->view();
    for (const ReferenceHash& ref : opened) order.push_back(view.find(ref)->issued.position);
    orders.insert(order);
  }
  EXPECT_EQ(orders.size(), 4u);
}

TEST_F(Publishing, WhatComesAfterTheHourWaitsForTheNextDay) {
  world.sync();
  world.clock.set("2026-11-02T17:00:01.000Z");
  world.source.people.push_back(leaver("99"));
  world.sync();
  EXPECT_EQ(in_the_log().size(), kLeavers);
  evening("2026-11-03T16:59:59.000Z");
  EXPECT_EQ(in_the_log().size(), kLeavers);
  evening("2026-11-03T17:00:00.000Z");
  EXPECT_EQ(in_the_log().size(), kLeavers + 1);
}

TEST_F(Publishing, ADeskThatWasDownAtTheHourPublishesWhenItIsBack) {
  world.sync();
  world.clock.set("2026-11-04T09:00:00.000Z");
  world.start(3);
  resume();
  EXPECT_EQ(in_the_log().size(), kLeavers);
}

TEST_F(Publishing, SwitchedOffNothingWaitsAnyLonger) {
  world.sync();
  world.issuer.publish_at.reset();
  world.start(3);
  resume();
  EXPECT_EQ(in_the_log().size(), kLeavers);
}

TEST_F(Publishing, AWithdrawalIsNeverDelayed) {
  world.sync();
  evening();
  world.clock.set("2026-11-02T19:00:00.000Z");
  const ReferenceId id = *format::parse_id(world.desk->cases()->at(0).reference_id);
  ASSERT_TRUE(world.desk->withdraw(id));
  EXPECT_EQ(world.count<format::Withdrawn>(), 1u);
}

TEST_F(Publishing, OneThatTheLogRefusesHoldsUpNoOther) {
  world.sync();
  Archive archive(*world.vault);
  Kept kept = archive.load_all(kIss, "personio")->at(3);
  const std::unique_ptr<sign::Ed25519Key> other = key_of(77);
  kept.content.entry = format::sign_entry(
      format::Issued{{}, {}, hash_reference(kept.content.identity->id)}, kOrigin, *other);
  ASSERT_TRUE(archive.save(kept));
  world.start(3);
  world.clock.set("2026-11-02T17:00:00.000Z");
  const Result<SyncReport> report = world.desk->resume();
  ASSERT_EQ(report->problems.size(), 1u);
  EXPECT_EQ(report->problems[0].find(kept.content.case_id), 0u);
  EXPECT_EQ(in_the_log().size(), kLeavers - 1);
}

// Killed after each step from the queueing on: in the end each is there once, with the bytes that
// were queued.
TEST_F(Publishing, AKillAfterAnyStepLosesNothingAndDoublesNothing) {
  world.source.people = {leaver("1"), leaver("2")};
  const std::vector<ingest::Person> two = world.source.people;
  world.sync();
  const auto queued_at = std::ranges::find(world.steps, step::queued);
  ASSERT_NE(queued_at, world.steps.end());
  std::size_t steps = 0;
  for (std::size_t killed_at = static_cast<std::size_t>(queued_at - world.steps.begin());;
       ++killed_at) {
    SCOPED_TRACE(testing::Message() << "killed after step " << killed_at);
    World once;
    once.issuer = world.issuer;
    once.clock.set("2026-11-02T08:00:00.000Z");
    once.source.people = two;
    once.start(4);
    once.die_after = killed_at;
    bool killed = false;
    const auto live = [&](const auto& work) {
      try {
        work();
      } catch (const Killed&) {
        killed = true;
        once.die_after.reset();
        once.start(5);
        work();
      }
    };
    live([&] { (void)once.desk->sync().has_value(); });
    const auto queued = Archive(*once.vault).load_all(kIss, "personio");
    ASSERT_EQ(queued->size(), 2u);
    once.clock.set("2026-11-02T17:00:00.000Z");
    live([&] {
      (void)once.desk->resume().has_value();
      (void)once.desk->resume().has_value();
    });
    EXPECT_EQ(once.count<format::Issued>(), 2u);
    for (const Kept& kept : *queued) {
      const log::View view = *once.log->view();
      const auto found = view.find(hash_reference(kept.content.identity->id));
      ASSERT_TRUE(found.has_value());
      EXPECT_EQ(*view.entry(found->issued), kept.content.entry);
    }
    for (const CaseSummary& one : all_cases(once)) EXPECT_TRUE(is_issued(one.stage));
    if (!killed) break;
    ++steps;
  }
  EXPECT_GT(steps, 20u);
}

}  // namespace
}  // namespace refledger::desk
