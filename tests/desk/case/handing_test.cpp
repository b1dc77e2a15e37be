// Until the holder has it, and afterwards: messages that come back, claim codes, corrections,
// erasing.
#include <gtest/gtest.h>

#include "desk/case/archive.h"
#include "desk/case/claim.h"
#include "desk/case/retention.h"
#include "world.h"

namespace refledger::desk {
namespace {

using std::chrono::days;
using std::chrono::hours;

struct HandingTest : testing::Test {
  World world;
  HandingTest() {
    world.source.people = {leaver("7")};
    world.issuer.bounce_days = days(7);
    world.start(1);
  }

  std::string case_id() { return world.desk->cases()->front().case_id; }
  CaseSummary summary() { return world.only_case(); }
  Case kept() { return Archive(*world.vault).load(world.vault->list("case")->front())->content; }
  std::size_t items() { return world.vault_store.content()["item"].size(); }
  void pass(std::chrono::milliseconds time) {
    world.clock.advance(time);
    ASSERT_TRUE(world.desk->resume());
  }
};

// ---- messages that come back --------------------------------------------------------------------

TEST_F(HandingTest, FilesAndAddressStayAsLongAsAMessageMayComeBack) {
  world.sync();
  EXPECT_EQ(summary().stage, Stage::delivered);
  EXPECT_TRUE(value_of(kept().facts, "to"));
  pass(days(7) - hours(1));
  EXPECT_FALSE(kept().destroyed);
  pass(hours(1));
  EXPECT_TRUE(kept().destroyed);
  EXPECT_FALSE(value_of(kept().facts, "to"));
}

TEST_F(HandingTest, AMessageThatCameBackGoesToAnotherAddressWithTheSameDocument) {
  world.sync();
  ASSERT_TRUE(world.desk->bounced(case_id()));
  EXPECT_EQ(summary().stage, Stage::delivery_refused);
  EXPECT_NE(summary().waiting_for, "");
  ASSERT_TRUE(world.desk->send_to(case_id(), "other@example.org", "Petra"));
  ASSERT_TRUE(world.desk->resume());
  ASSERT_EQ(world.transport.sent.size(), 2u);
  EXPECT_EQ(world.transport.sent[1].to, "other@example.org");
  EXPECT_EQ(attachment(world.transport.sent[0].message, "application/pdf"),
            attachment(world.transport.sent[1].message, "application/pdf"));
  EXPECT_EQ(world.count<format::Issued>(), 1u);
}

TEST_F(HandingTest, WhatIsDestroyedCannotBeSentAgain) {
  world.sync();
  pass(days(8));
  EXPECT_EQ(world.desk->bounced(case_id()).error().fault, Fault::refused);
}

TEST_F(HandingTest, AnAddressThatIsNoneIsRefusedAndNothingChanges) {
  world.sync();
  ASSERT_TRUE(world.desk->bounced(case_id()));
  const Case before = kept();
  EXPECT_FALSE(world.desk->send_to(case_id(), "nobody", "Petra"));
  EXPECT_FALSE(world.desk->send_to(case_id(), "a@example.org\nBcc: b@example.org", "Petra"));
  EXPECT_EQ(to_json(kept()), to_json(before));
}

// ---- claim codes --------------------------------------------------------------------------------

struct ClaimTest : HandingTest {
  ClaimTicket ticket;
  ClaimTest() {
    world.transport.answers = {delivery::Outcome::refused};
    world.sync();
    ticket = *world.desk->make_claim(case_id());
  }
};

TEST_F(ClaimTest, OpensTheFilesAndCountsAsDelivered) {
  EXPECT_EQ(summary().waiting, Waiting::to_claim);
  EXPECT_FALSE(value_of(kept().facts, "to")) << "the code is the way now";
  const Result<HolderFiles> files = world.desk->claim(ticket.code, ticket.pin);
  ASSERT_TRUE(files) << files.error().detail;
  EXPECT_EQ(text_of(files->document).substr(0, 5), "%PDF-");
  EXPECT_EQ(sha256_as<DocumentHash>(files->document), *kept().document);
  EXPECT_NE(files->credential.find('~'), std::string::npos);
  EXPECT_EQ(summary().stage, Stage::logged) << "looking is not yet having";
  ASSERT_TRUE(world.desk->claimed(ticket.code, ticket.pin));
  EXPECT_EQ(summary().stage, Stage::delivered);
  EXPECT_EQ(summary().waiting_for, "");
  EXPECT_TRUE(summary().handing.opened_at);
  EXPECT_TRUE(world.desk->claim(ticket.code, ticket.pin)) << "a lost download is fetched again";
}

TEST_F(ClaimTest, ItsCodeSurvivesARestartAndIsInNoStore) {
  world.start(2);
  EXPECT_TRUE(world.desk->claim(ticket.code, ticket.pin));
  std::string compact = ticket.code;
  std::erase(compact, ' ');
  for (const auto& [space, content] : world.vault_store.content()) {
    for (const auto& [key, value] : content) {
      const std::string all = key + std::string(text_of(value));
      EXPECT_EQ(all.find(compact.substr(0, 26)), std::string::npos);
    }
  }
}

TEST_F(ClaimTest, IsOverWithItsTimeAndTheFilesWithIt) {
  ASSERT_TRUE(world.desk->claimed(ticket.code, ticket.pin));
  pass(days(60) + hours(1));
  EXPECT_EQ(world.desk->claim(ticket.code, ticket.pin).error().fault, Fault::not_found);
  EXPECT_TRUE(kept().destroyed);
  EXPECT_TRUE(world.vault->list("claim")->empty());
  EXPECT_TRUE(world.vault->list("claim-code")->empty());
}

TEST_F(ClaimTest, TenWrongPinsEndIt) {
  const std::string wrong = ticket.pin == "000000" ? "000001" : "000000";
  for (int n = 0; n < kMaxWrongPins; ++n) {
    EXPECT_EQ(world.desk->claim(ticket.code, wrong).error().fault, Fault::refused);
  }
  EXPECT_EQ(world.desk->claim(ticket.code, ticket.pin).error().fault, Fault::not_found);
  EXPECT_EQ(world.desk->claim(ticket.code, wrong).error().fault, Fault::not_found);
}

TEST_F(ClaimTest, AnotherCodeEndsTheOneBefore) {
  const Result<ClaimTicket> second = world.desk->make_claim(case_id());
  ASSERT_TRUE(second);
  EXPECT_NE(second->code, ticket.code);
  EXPECT_EQ(world.desk->claim(ticket.code, ticket.pin).error().fault, Fault::not_found);
  EXPECT_TRUE(world.desk->claim(second->code, second->pin));
}

TEST_F(ClaimTest, ATypingErrorIsNamedAndCountsForNothing) {
  std::string mistyped = ticket.code;
  mistyped[0] = mistyped[0] == 'A' ? 'B' : 'A';
  EXPECT_EQ(world.desk->claim(mistyped, ticket.pin).error().fault, Fault::malformed);
  EXPECT_EQ(world.desk->claim("", "").error().fault, Fault::malformed);
}

TEST_F(ClaimTest, AWishIsATaskOnTheCaseUntilItIsSettled) {
  ASSERT_TRUE(world.desk->wish(ticket.code, ticket.pin, Wish::correction));
  EXPECT_EQ(summary().handing.wishes, std::set<Wish>{Wish::correction});
  world.start(2);
  ASSERT_TRUE(world.desk->settle(case_id()));
  EXPECT_TRUE(summary().handing.wishes.empty());
}

TEST_F(HandingTest, WhatWasNotIssuedHasNothingToClaim) {
  world.source.people = {leaver("7", "CH", "xx")};
  world.sync();
  EXPECT_EQ(world.desk->make_claim(case_id()).error().fault, Fault::conflict);
}

// ---- corrections --------------------------------------------------------------------------------

TEST_F(HandingTest, ACorrectionIsANewReferenceAndTheOldOneIsWithdrawnDaysLater) {
  world.sync();
  const std::string old = case_id();
  const Result<std::string> fresh = world.desk->correct(old, false);
  ASSERT_TRUE(fresh);
  EXPECT_EQ(*world.desk->correct(old, false), *fresh) << "asked twice, it is the same";
  world.source.people[0].position = told<std::string>("Meisterin", "position");
  world.sync();
  ASSERT_TRUE(world.desk->release(*fresh));
  EXPECT_EQ(world.sync().issued, 1u);
  EXPECT_EQ(world.count<format::Issued>(), 2u);
  EXPECT_EQ(world.count<format::Withdrawn>(), 0u) << "not at once: the log's order would tell";
  pass(hours(23));
  EXPECT_EQ(world.count<format::Withdrawn>(), 0u);
  pass(days(7));
  EXPECT_EQ(world.count<format::Withdrawn>(), 1u);
  const auto cases = world.desk->cases();
  for (const CaseSummary& one : *cases) {
    EXPECT_EQ(one.stage, one.case_id == old ? Stage::withdrawn : Stage::delivered);
    EXPECT_EQ(one.note, "");
  }
  world.sync();
  EXPECT_EQ(world.desk->cases()->size(), 2u) << "and no third";
}

TEST_F(HandingTest, AnUrgentCorrectionWithdrawsAtOnce) {
  world.sync();
  const Result<std::string> fresh = world.desk->correct(case_id(), true);
  ASSERT_TRUE(fresh);
  ASSERT_TRUE(world.desk->release(*fresh));
  world.sync();
  EXPECT_EQ(world.count<format::Issued>(), 2u);
  EXPECT_EQ(world.count<format::Withdrawn>(), 1u);
}

TEST_F(HandingTest, ACorrectionThatIsNotReleasedWithdrawsNothing) {
  world.sync();
  ASSERT_TRUE(world.desk->correct(case_id(), true));
  world.sync();
  pass(days(30));
  EXPECT_EQ(world.count<format::Issued>(), 1u);
  EXPECT_EQ(world.count<format::Withdrawn>(), 0u);
}

TEST_F(HandingTest, WhatWasNotIssuedIsNotCorrected) {
  world.source.people = {leaver("7", "CH", "xx")};
  world.sync();
  EXPECT_EQ(world.desk->correct(case_id(), false).error().fault, Fault::conflict);
}

// ---- erasing ------------------------------------------------------------------------------------

TEST_F(HandingTest, ErasingLeavesNothingOfThePersonAndTheProofStillVerifies) {
  world.sync();
  const std::string id = case_id();
  const ReferenceId reference = kept().identity->id;
  ASSERT_TRUE(world.desk->make_claim(id));
  ASSERT_TRUE(world.desk->erase(id));
  EXPECT_TRUE(world.desk->cases()->empty());
  for (const std::string_view kind : kinds_of_case()) {
    EXPECT_TRUE(world.vault->list(kind)->empty()) << kind;
  }
  for (const char* kind : {"case", "claim", "claim-code"}) {
    EXPECT_TRUE(world.vault->list(kind)->empty()) << kind;
  }
  EXPECT_EQ(records::read_record(world.records_store, world.folder.path() / "shares",
                                 hash_reference(reference))
                .error()
                .fault,
            Fault::not_found);
  EXPECT_TRUE(world.log->view()->find(hash_reference(reference)));
  EXPECT_EQ(world.desk->erase(id).error().fault, Fault::not_found);
}

TEST_F(HandingTest, AnErasedEmploymentGetsNoSecondReference) {
  world.sync();
  ASSERT_TRUE(world.desk->erase(case_id()));
  world.start(2);
  world.sync();
  EXPECT_TRUE(world.desk->cases()->empty());
  EXPECT_EQ(world.count<format::Issued>(), 1u);
}

TEST_F(HandingTest, AnErasedReferenceCanStillBeWithdrawnOnce) {
  world.sync();
  const ReferenceId reference = kept().identity->id;
  ASSERT_TRUE(world.desk->erase(case_id()));
  ASSERT_TRUE(world.desk->withdraw(reference));
  ASSERT_TRUE(world.desk->withdraw(reference));
  EXPECT_EQ(world.count<format::Withdrawn>(), 1u);
}

TEST_F(HandingTest, AllThatIsKeptCanBeReadBeforeItIsErased) {
  world.sync();
  const Result<Json> all = world.desk->all_about(case_id());
  ASSERT_TRUE(all);
  EXPECT_EQ((*all)["case"]["facts"]["family_name"]["value"], "Vogelsang7");
  EXPECT_TRUE((*all)["kept"].contains("document"));
  EXPECT_FALSE((*all)["case"].contains("identity")) << "the link's secret is the holder's";
}

TEST_F(HandingTest, WhenItsTimeIsOverACaseErasesItself) {
  world.sync();
  pass(days(8));
  ASSERT_TRUE(kept().destroyed);
  pass(days(365 * 10 - 40));
  EXPECT_EQ(world.desk->cases()->size(), 1u);
  pass(days(45));
  EXPECT_TRUE(world.desk->cases()->empty()) << "ten years after the end, by the Swiss pack";
}

// ---- how long -----------------------------------------------------------------------------------

struct RetentionTest : testing::Test {
  IssuerSettings issuer = example_issuer();
  Facts facts;
  RetentionTest() {
    facts["governing_law"].value = "CH";
    facts["employed_to"].value = "2026-10-31";
  }
  std::optional<Date> end(std::optional<unsigned> years = {}) {
    return retention_end(facts, "confirmation", issuer.rules->packs, years);
  }
};

TEST_F(RetentionTest, CountsFromTheEndOfTheEmploymentOrOfItsYear) {
  EXPECT_EQ(end(), day("2036-11-01"));
  facts["governing_law"].value = "DE";
  EXPECT_EQ(end(), day("2030-01-01"));
}

TEST_F(RetentionTest, TheIssuersOwnYearsCountBeforeThePacks) {
  EXPECT_EQ(end(2), day("2028-11-01"));
}

TEST_F(RetentionTest, TheTwentyNinthOfFebruaryEndsWithItsMonth) {
  facts["employed_to"].value = "2024-02-29";
  EXPECT_EQ(end(1), day("2025-03-01"));
  EXPECT_EQ(end(4), day("2028-03-01"));
}

TEST_F(RetentionTest, WithoutALawOrAnEndItIsForHrToDecide) {
  facts["employed_to"].value = "";
  EXPECT_EQ(end(), std::nullopt);
  facts["employed_to"].value = "2026-10-31";
  facts["governing_law"].value = "XX";
  EXPECT_EQ(end(), std::nullopt);
}

}  // namespace
}  // namespace refledger::desk
