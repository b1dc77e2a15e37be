// The last step: one message, whatever the mail server says, and nothing left behind afterwards.
#include <gtest/gtest.h>

#include "desk/case/archive.h"
#include "world.h"

namespace refledger::desk {
namespace {

using delivery::Outcome;

struct DeliveryFlowTest : testing::Test {
  World world;
  DeliveryFlowTest() { world.source.people = {leaver("7")}; }

  Stage stage() { return world.only_case().stage; }
};

TEST_F(DeliveryFlowTest, NoMessageLeavesBeforeThePublicProcessAnswers) {
  world.public_answers = false;
  EXPECT_EQ(world.sync().issued, 1u);
  EXPECT_EQ(stage(), Stage::logged);
  EXPECT_TRUE(world.transport.sent.empty());
  world.public_answers = true;
  EXPECT_EQ(world.sync().delivered, 1u);
  EXPECT_EQ(world.transport.sent.size(), 1u);
}

TEST_F(DeliveryFlowTest, AMailServerThatIsDownGetsTheSameBytesLater) {
  world.transport.answers = {Outcome::not_sent, Outcome::not_sent};
  world.sync();
  EXPECT_EQ(stage(), Stage::logged);
  world.start(2);
  world.clock.advance(std::chrono::hours(5));
  ASSERT_TRUE(world.desk->resume());
  EXPECT_EQ(stage(), Stage::logged);
  world.start(3);
  world.clock.advance(std::chrono::seconds(10));
  EXPECT_EQ(world.desk->resume()->delivered, 1u);
  ASSERT_EQ(world.transport.sent.size(), 3u);
  EXPECT_EQ(world.transport.sent[0].message, world.transport.sent[2].message);
  EXPECT_EQ(world.transport.sent[0].message_id, world.transport.sent[2].message_id);
}

TEST_F(DeliveryFlowTest, AnUnknownOutcomeIsRepeatedWithTheSameBytesAndMessageId) {
  world.transport.answers = {Outcome::unknown};
  EXPECT_EQ(world.sync().delivered, 0u);
  EXPECT_EQ(stage(), Stage::delivery_unknown);
  ASSERT_EQ(world.transport.sent.size(), 1u) << "not again within the same run";
  world.start(2);
  world.clock.advance(std::chrono::seconds(5));
  EXPECT_EQ(world.sync().delivered, 1u);
  EXPECT_EQ(stage(), Stage::delivered);
  ASSERT_EQ(world.transport.sent.size(), 2u);
  EXPECT_EQ(world.transport.sent[0].message, world.transport.sent[1].message);
  EXPECT_EQ(world.transport.sent[0].message_id, world.transport.sent[1].message_id);
}

TEST_F(DeliveryFlowTest, ARefusedMessageWaitsForHr) {
  world.transport.answers = {Outcome::refused};
  EXPECT_EQ(world.sync().waiting, 1u);
  EXPECT_EQ(stage(), Stage::delivery_refused);
  EXPECT_NE(world.only_case().waiting_for.find("another e-mail address"), std::string::npos);
  world.sync();
  EXPECT_EQ(world.transport.sent.size(), 1u) << "the same address is not tried again";
}

TEST_F(DeliveryFlowTest, AnotherAddressGetsANewMessageWithTheSameReference) {
  world.transport.answers = {Outcome::refused};
  world.sync();
  world.source.people[0].mapped["private_email"].value = "other@example.org";
  EXPECT_EQ(world.sync().delivered, 1u);
  ASSERT_EQ(world.transport.sent.size(), 2u);
  EXPECT_EQ(world.transport.sent[1].to, "other@example.org");
  EXPECT_NE(world.transport.sent[0].message_id, world.transport.sent[1].message_id);
  EXPECT_EQ(attachment(world.transport.sent[0].message, "application/pdf"),
            attachment(world.transport.sent[1].message, "application/pdf"));
  EXPECT_EQ(world.count<format::Issued>(), 1u);
  EXPECT_EQ(world.only_case().waiting_for, "");
}

TEST_F(DeliveryFlowTest, DeadMailboxesNeverHoldUpTheOthersForGood) {
  world.source.people.clear();
  for (int n = 0; n < 5; ++n) world.source.people.push_back(leaver(std::to_string(n)));
  world.transport.answers = {Outcome::not_sent, Outcome::not_sent, Outcome::not_sent};
  EXPECT_EQ(world.sync().delivered, 0u);
  EXPECT_EQ(world.transport.sent.size(), 3u) << "three failures in a row end the run's sending";
  world.clock.advance(std::chrono::seconds(5));
  EXPECT_EQ(world.sync().delivered, 5u);
  EXPECT_EQ(world.transport.sent[3].to, "private3@example.org") << "untried ones come first";
}

// Resumes again and again for so long, as the service does.
void let_pass(World& world, std::chrono::seconds time,
              std::chrono::seconds step = std::chrono::minutes(10)) {
  for (const UtcMillis end = world.clock.now() + time; world.clock.now() < end;) {
    world.clock.advance(step);
    ASSERT_TRUE(world.desk->resume());
  }
}

TEST_F(DeliveryFlowTest, AServerThatAlwaysCutsGetsFiveCopiesAndThenHrIsAsked) {
  world.transport.answers.assign(1000, Outcome::unknown);
  world.sync();
  let_pass(world, std::chrono::minutes(1), std::chrono::seconds(2));
  let_pass(world, std::chrono::hours(24));
  ASSERT_EQ(world.transport.sent.size(), 5u);
  for (const auto& sent : world.transport.sent) {
    EXPECT_EQ(sent.message, world.transport.sent[0].message);
    EXPECT_EQ(sent.message_id, world.transport.sent[0].message_id);
  }
  EXPECT_EQ(stage(), Stage::delivery_unknown);
  EXPECT_EQ(world.only_case().waiting, Waiting::delivery_unknown);
  EXPECT_NE(world.only_case().waiting_for.find("may have arrived"), std::string::npos);
  world.start(2);
  EXPECT_EQ(world.sync().waiting, 1u);
  EXPECT_EQ(world.transport.sent.size(), 5u) << "not after a restart either";
}

TEST_F(DeliveryFlowTest, AnotherAddressEndsTheWaitAfterUnknownOutcomes) {
  world.transport.answers.assign(5, Outcome::unknown);
  world.sync();
  let_pass(world, std::chrono::hours(2));
  ASSERT_EQ(world.only_case().waiting, Waiting::delivery_unknown);
  world.source.people[0].mapped["private_email"].value = "other@example.org";
  EXPECT_EQ(world.sync().delivered, 1u);
  EXPECT_EQ(world.transport.sent.back().to, "other@example.org");
  EXPECT_NE(world.transport.sent.back().message_id, world.transport.sent[0].message_id);
  EXPECT_EQ(world.only_case().waiting_for, "");
}

TEST_F(DeliveryFlowTest, AServerThatIsDownForADayIsAskedLessAndLess) {
  world.transport.answers.assign(9, Outcome::not_sent);
  world.sync();
  let_pass(world, std::chrono::seconds(30), std::chrono::seconds(10));
  EXPECT_EQ(world.transport.sent.size(), 3u) << "soon, so that a restart over there is no matter";
  let_pass(world, std::chrono::hours(24));
  EXPECT_EQ(world.transport.sent.size(), 8u);
  EXPECT_EQ(stage(), Stage::logged);
  EXPECT_EQ(world.only_case().waiting_for, "");
  let_pass(world, std::chrono::hours(36));
  EXPECT_EQ(stage(), Stage::delivered);
}

TEST_F(DeliveryFlowTest, WhatWasCutOffByADeathIsDueAtOnce) {
  const auto names = step_names();
  const auto sending = std::find(names.begin(), names.end(), "sending");
  world.die_after = static_cast<std::size_t>(sending - names.begin()) + 1;
  EXPECT_THROW((void)world.desk->sync().has_value(), Killed);
  world.die_after.reset();
  world.start(2);
  EXPECT_EQ(world.desk->resume()->delivered, 1u);
}

TEST_F(DeliveryFlowTest, ADeathInEveryDialogueEndsInAskingHrToo) {
  for (std::uint8_t life = 2; life < 30; ++life) {
    world.steps.clear();
    world.die_after.reset();
    world.start(life);
    try {
      world.transport.on_send = [] { throw Killed{}; };
      world.sync();
    } catch (const Killed&) {
    }
  }
  EXPECT_EQ(world.transport.sent.size(), 5u);
  EXPECT_EQ(world.only_case().waiting, Waiting::delivery_unknown);
}

TEST_F(DeliveryFlowTest, AClockThatWasWrongHoldsNothingUp) {
  world.clock.set("2036-11-02T08:00:00.000Z");
  world.transport.answers = {Outcome::unknown};
  world.sync();
  world.clock.set("2026-11-02T08:00:00.000Z");
  EXPECT_EQ(world.desk->resume()->delivered, 1u);
}

TEST_F(DeliveryFlowTest, APublicProcessThatDoesNotAnswerIsNoFailedTryAndHoldsUpNobody) {
  world.source.people.clear();
  for (int n = 0; n < 5; ++n) world.source.people.push_back(leaver(std::to_string(n)));
  world.unanswered = 4;
  EXPECT_EQ(world.sync().delivered, 1u);
  EXPECT_EQ(world.desk->resume()->delivered, 4u) << "at once, without a wait";
}

TEST_F(DeliveryFlowTest, ACaseThatLostItsPlaceInTheLogIsTroubleAndNotTheFirstEntry) {
  world.public_answers = false;
  world.sync();
  Archive archive(*world.vault);
  Kept kept = *archive.load(world.vault->list("case")->front());
  kept.content.entry_index.reset();
  ASSERT_TRUE(archive.save(kept));
  ASSERT_TRUE(*archive.destroy("proof", kept.content));
  world.public_answers = true;
  const Result<SyncReport> report = world.desk->resume();
  ASSERT_TRUE(report);
  ASSERT_FALSE(report->problems.empty());
  EXPECT_NE(report->problems[0].find("entry index is missing"), std::string::npos);
}

TEST_F(DeliveryFlowTest, TheMessageNamesSenderAndHolderAndSaysToKeepBoth) {
  world.sync();
  const std::string& message = world.transport.sent.at(0).message;
  EXPECT_EQ(message.substr(0, 6), "From: ");
  EXPECT_NE(header_of("\r\n" + message, "From").find("hr@example.ch"), std::string::npos);
  EXPECT_NE(header_of(message, "To").find("private7@example.org"), std::string::npos);
  EXPECT_EQ(header_of(message, "Message-ID"), "<" + world.transport.sent[0].message_id + ">");
  EXPECT_NE(message.find("arbeitszeugnis.refproof"), std::string::npos);
}

// ---- what stays ---------------------------------------------------------------------------------

TEST_F(DeliveryFlowTest, AfterDeliverySecretAddressMessageAndFilesAreGone) {
  world.public_answers = false;
  world.sync();
  const vault::ItemId item = world.vault->list("case")->front();
  const Archive archive(*world.vault);
  const Case before = archive.load(item)->content;
  ASSERT_TRUE(before.identity->secret && before.identity->share && before.credential);
  for (const char* kind : {"message", "document", "record", "proof"}) {
    ASSERT_EQ(world.vault->list(kind)->size(), 1u) << kind;
  }
  world.public_answers = true;
  world.sync();
  const Case after = archive.load(item)->content;
  EXPECT_FALSE(after.identity->secret || after.identity->share || after.credential);
  EXPECT_FALSE(value_of(after.facts, "to"));
  for (const char* kind : {"message", "document", "record", "proof"}) {
    EXPECT_TRUE(world.vault->list(kind)->empty()) << kind;
  }
  // What withdrawing and HR's list need is still there.
  EXPECT_EQ(after.identity->id, before.identity->id);
  EXPECT_EQ(after.identity->status_index, before.identity->status_index);
  EXPECT_EQ(after.document, before.document);
  EXPECT_EQ(after.entry_index, before.entry_index);
  EXPECT_EQ(value_of(after.facts, "employed_to"), "2026-10-31");
}

std::size_t hits(test::MemoryStore& store, const std::vector<std::string>& needles) {
  std::size_t found = 0;
  for (const auto& [space, content] : store.content()) {
    for (const auto& [key, value] : content) {
      const std::string all = key + std::string(text_of(value));
      for (const std::string& needle : needles) found += all.find(needle) != std::string::npos;
    }
  }
  return found;
}

TEST_F(DeliveryFlowTest, NothingPersonalAndNoSecretIsReadableInAnyStore) {
  world.public_answers = false;  // the vault is at its fullest: nothing is destroyed yet
  world.sync();
  const Archive archive(*world.vault);
  const Case one = archive.load(world.vault->list("case")->front())->content;
  std::vector<std::string> canaries{"Canaria", "Vogelsang7", "Polymechanikerin",
                                    "private7@example.org", "work7@example.ch"};
  for (const ByteView secret :
       {one.identity->id.view(), one.identity->secret->view(), one.identity->share->view()}) {
    canaries.emplace_back(text_of(secret));
    canaries.push_back(to_hex(secret));
    canaries.push_back(to_base32(secret));
    canaries.push_back(to_base64url(secret));
  }
  for (test::MemoryStore* store : {&world.ledger, &world.records_store, &world.vault_store}) {
    EXPECT_EQ(hits(*store, canaries), 0u);
  }
  EXPECT_GT(hits(world.ledger, {kOrigin}), 0u) << "the search must be able to find something";
}

TEST_F(DeliveryFlowTest, EveryValueOfTheDocumentKeepsItsOrigin) {
  world.sync();
  const Archive archive(*world.vault);
  const Case one = archive.load(world.vault->list("case")->front())->content;
  EXPECT_EQ(one.facts.at("family_name").from.source, "Personio");
  EXPECT_EQ(one.facts.at("family_name").from.field, "last_name");
  EXPECT_EQ(one.facts.at("workload").from.field, "weekly_working_hours");
  EXPECT_EQ(one.facts.at("employer").from.source, "settings");
  EXPECT_EQ(one.facts.at("document_date").from.field, "CH: day of issuing");
  for (const auto& [name, fact] : one.facts) EXPECT_FALSE(fact.from.source.empty()) << name;
}

}  // namespace
}  // namespace refledger::desk
