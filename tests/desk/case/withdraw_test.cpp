// Withdrawing: once, for good, and seen by everybody who asks.
#include <gtest/gtest.h>

#include "ledger/credential/status_list.h"
#include "ledger/format/link.h"
#include "world.h"

namespace refledger::desk {
namespace {

struct WithdrawTest : testing::Test {
  World world;
  WithdrawTest() { world.source.people = {leaver("7"), leaver("8")}; }

  ReferenceId first_id() { return *format::parse_id(world.desk->cases()->at(0).reference_id); }
  credential::StatusList token() {
    return credential::parse_status_token(*world.log->view()->status_token(0))->list;
  }
};

TEST_F(WithdrawTest, AppendsOnceAndPublishesANewToken) {
  world.sync();
  EXPECT_TRUE(token().withdrawn.empty());
  const ReferenceId id = first_id();
  ASSERT_TRUE(world.desk->withdraw(id));
  EXPECT_EQ(world.count<format::Withdrawn>(), 1u);
  EXPECT_EQ(token().withdrawn.size(), 1u);
  EXPECT_EQ(token().size, world.log->view()->checkpoint().size);
  EXPECT_EQ(world.desk->cases()->at(0).stage, Stage::withdrawn);
  EXPECT_EQ(world.desk->cases()->at(1).stage, Stage::delivered);
}

TEST_F(WithdrawTest, TheSameAgainIsNoErrorAndNoSecondEntry) {
  world.sync();
  const ReferenceId id = first_id();
  ASSERT_TRUE(world.desk->withdraw(id));
  const TreeSize size = world.log->view()->checkpoint().size;
  ASSERT_TRUE(world.desk->withdraw(id));
  world.start(2);
  ASSERT_TRUE(world.desk->withdraw(id));
  EXPECT_EQ(world.log->view()->checkpoint().size, size);
  EXPECT_EQ(token().withdrawn.size(), 1u);
}

TEST_F(WithdrawTest, AnUnknownReferenceIsNotFound) {
  world.sync();
  EXPECT_EQ(world.desk->withdraw(ReferenceId{}).error().fault, Fault::not_found);
}

TEST_F(WithdrawTest, WhatWasNeverLoggedIsNotFound) {
  world.die_after = 2 + 2 + 1 + 9;  // both drafted; the first "stored"
  EXPECT_THROW((void)world.desk->sync().has_value(), Killed);
  world.die_after.reset();
  world.start(2);
  EXPECT_EQ(world.desk->withdraw(first_id()).error().fault, Fault::not_found);
}

TEST_F(WithdrawTest, AWithdrawnReferenceIsGenuineButNoLongerValid) {
  world.sync();
  const std::string message = world.transport.sent.at(0).message;
  const ReferenceId id = judge(message, world.clock.now()).proof.id;
  ASSERT_TRUE(world.desk->withdraw(id));
  const Brought before = judge(message, world.clock.now());
  verify::Evidence evidence;
  evidence.credential = *credential::parse_sd_jwt(before.findings.sd_jwt);
  evidence.proof = before.proof;
  evidence.proof->status = *world.log->view()->status_token(0);
  evidence.document = sha256_as<DocumentHash>(before.document);
  evidence.trust.logs.push_back({kOrigin, format::kNoteEd25519, world.log_key->public_key()});
  evidence.now = world.clock.now();
  const verify::Report report = verify::check(evidence);
  EXPECT_EQ(report.verdict, verify::Verdict::genuine_no_longer_valid) << report.reason;
}

TEST_F(WithdrawTest, AWithdrawnReferenceIsNotDeliveredAnyMore) {
  world.public_answers = false;
  world.sync();
  ASSERT_TRUE(world.desk->withdraw(first_id()));
  world.public_answers = true;
  world.start(2);
  EXPECT_EQ(world.sync().delivered, 1u);
  ASSERT_EQ(world.transport.sent.size(), 1u);
  EXPECT_EQ(world.transport.sent[0].to, "private8@example.org");
  EXPECT_TRUE(world.vault->list("document")->empty());
}

TEST_F(WithdrawTest, AWithdrawalCutOffAnywhereIsFinishedByTheNextRun) {
  for (std::size_t death = 1; death <= 8; ++death) {
    World one;
    one.source.people = {leaver("7")};
    one.transport.answers = {delivery::Outcome::unknown};  // files are still there
    one.sync();
    const ReferenceId id = *format::parse_id(one.only_case().reference_id);
    one.die_after = one.steps.size() + death;
    EXPECT_THROW((void)one.desk->withdraw(id).has_value(), Killed) << death;
    one.die_after.reset();
    one.start(2);
    ASSERT_TRUE(one.desk->resume());
    EXPECT_EQ(one.count<format::Withdrawn>(), 1u);
    EXPECT_EQ(one.only_case().stage, Stage::withdrawn) << death;
    EXPECT_TRUE(one.vault->list("message")->empty());
    EXPECT_EQ(one.transport.sent.size(), 1u);
    const auto list = credential::parse_status_token(*one.log->view()->status_token(0))->list;
    EXPECT_EQ(list.withdrawn.size(), 1u) << death;
  }
}

// ---- the status token ---------------------------------------------------------------------------

TEST_F(WithdrawTest, TheTokenIsMadeAnewWhenOldOrWhenTheLogHasGrown) {
  world.sync();
  const std::string first = *world.log->view()->status_token(0);
  ASSERT_TRUE(world.desk->refresh_status());
  EXPECT_EQ(*world.log->view()->status_token(0), first);
  world.clock.advance(std::chrono::minutes(59));
  ASSERT_TRUE(world.desk->refresh_status());
  EXPECT_EQ(*world.log->view()->status_token(0), first);
  world.clock.advance(std::chrono::minutes(1));
  ASSERT_TRUE(world.desk->refresh_status());
  EXPECT_NE(*world.log->view()->status_token(0), first);
  EXPECT_EQ(token().issued_at, world.clock.now());
  EXPECT_EQ(token().lifetime, std::chrono::hours(24));
  world.source.people.push_back(leaver("9"));
  world.sync();
  EXPECT_EQ(token().size, world.log->view()->checkpoint().size);
}

TEST_F(WithdrawTest, TheTokenComesFromTheLogAlone) {
  world.sync();
  ASSERT_TRUE(world.desk->withdraw(first_id()));
  const std::set<std::uint64_t> withdrawn = token().withdrawn;
  world.vault_store.content()["item"].clear();
  world.vault_store.content()["key"].clear();
  world.start(2);
  world.clock.advance(std::chrono::hours(2));
  ASSERT_TRUE(world.desk->refresh_status());
  EXPECT_EQ(token().withdrawn, withdrawn);
  EXPECT_EQ(token().issued_at, world.clock.now());
}

}  // namespace
}  // namespace refledger::desk
