// The person sees the draft, comments, agrees, says where to send it; and never more than that.
#include "desk/case/hearing.h"

#include <gtest/gtest.h>

#include "desk/case/leaver_side.h"
#include "world.h"

namespace refledger::desk {
namespace {

using std::chrono::hours;

const Actor kAnna{"u-anna", "Anna Schreiber", {Role::clerk}};
const Actor kBeat{"u-beat", "Beat Prüfer", {Role::approver}};
const Actor kAuditor{"u-audit", "Auditor", {Role::auditor}};

Fields graded(Fields fields) {
  fields["functions.1.tasks"] = "Fräsen nach Zeichnung\nPrüfen der Teile";
  fields["thanks"] = "yes";
  fields["wishes"] = "yes";
  for (const char* criterion : {"expertise", "quality", "quantity", "conduct_managers",
                                "conduct_colleagues", "conduct_clients"}) {
    fields["ratings." + std::string(criterion) + ".grade"] = "2";
  }
  return fields;
}

const Fields kSwiss{{"type", "full_final"},
                    {"overrides.seal.finding", "signing_mode_insufficient"},
                    {"overrides.seal.reason", "die Person erhält zusätzlich das Original"}};
const Fields kGerman{
    {"type", "qualified"}, {"signing", "qualified"}, {"ratings.overall.grade", "2"}};

struct LeaverSideTest : testing::Test {
  World world;
  std::string case_id;
  ClaimTicket ticket;

  void begin(const char* country) {
    world.issuer.policy.four_eyes = {"*"};
    world.source.people = {leaver("7", country)};
    world.source.people[0].mapped["reference_wish"] = told<std::string>("full", "dynamic_4");
    world.start(1);
    world.sync();
    case_id = world.only_case().case_id;
  }
  void write(const Fields& fields) {
    Drafting desk(*world.desk);
    Result<Saved> saved = desk.save(case_id, sheet().version, graded(fields), kAnna);
    ASSERT_TRUE(saved.has_value()) << saved.error().detail;
  }
  void invite() {
    Result<ClaimTicket> made = side().invite(case_id, kAnna);
    ASSERT_TRUE(made.has_value()) << Drafting(*world.desk).look(case_id, {}, kAnna)->incomplete;
    ticket = *made;
  }
  LeaverSide side() { return LeaverSide(*world.desk); }
  Dossier dossier() { return *Drafting(*world.desk).dossier(case_id, kAnna); }
  Sheet sheet() { return dossier().sheet; }
  Heard heard() { return *side().heard(case_id, kAnna); }
  DraftView view() { return *side().draft(ticket.code, ticket.pin); }
};

TEST_F(LeaverSideTest, TheDraftIsSeenAndCommentsReachThoseWhoWrite) {
  begin("CH");
  write(kSwiss);
  EXPECT_FALSE(heard().hearing.invited_at);
  invite();
  EXPECT_TRUE(heard().hearing.invited_at);
  EXPECT_EQ(view().holder, "Canaria Vogelsang7");
  EXPECT_FALSE(heard().hearing.seen_at) << "the page is not the draft yet";
  const Result<Bytes> file = side().document(ticket.code, ticket.pin);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(text_of(*file).substr(0, 5), "%PDF-");
  ASSERT_TRUE(side().say(ticket.code, ticket.pin, "Die Lehrlinge fehlen.\nBitte ergänzen."));
  const Hearing told = side().heard(case_id, kAuditor)->hearing;
  EXPECT_EQ(told.seen_at, world.clock.now());
  ASSERT_EQ(told.comments.size(), 1u);
  EXPECT_EQ(told.comments[0].text, "Die Lehrlinge fehlen.\nBitte ergänzen.");
  EXPECT_EQ(world.count<format::Issued>(), 0u);
}

TEST_F(LeaverSideTest, ADraftChangedAfterItWasReadIsShownAsChangedUntilItIsReadAgain) {
  begin("CH");
  write(kSwiss);
  invite();
  EXPECT_FALSE(view().changed) << "never read";
  ASSERT_TRUE(side().document(ticket.code, ticket.pin));
  EXPECT_FALSE(view().changed);
  ASSERT_TRUE(side().send_to(ticket.code, ticket.pin, "neu@privat.example"));
  EXPECT_FALSE(heard().changed) << "where it goes is no part of what it says";
  Fields other = kSwiss;
  other["ratings.quality.grade"] = "1";
  Drafting desk(*world.desk);
  ASSERT_TRUE(desk.save(case_id, sheet().version, other, kAnna));
  EXPECT_TRUE(view().changed);
  EXPECT_TRUE(heard().changed);
  ASSERT_TRUE(side().document(ticket.code, ticket.pin));
  EXPECT_FALSE(view().changed);
  EXPECT_FALSE(heard().changed);
  other["type"] = "";
  ASSERT_TRUE(desk.save(case_id, sheet().version, other, kAnna));
  EXPECT_TRUE(heard().changed) << "what is not whole is another one";
}

TEST_F(LeaverSideTest, WhatIsNotWholeIsShownToNobody) {
  begin("CH");
  EXPECT_EQ(side().invite(case_id, kAnna).error().fault, Fault::refused);
  EXPECT_EQ(side().invite(case_id, kAuditor).error().fault, Fault::refused);
  EXPECT_TRUE(world.vault->list("claim")->empty());
}

TEST_F(LeaverSideTest, AnAddressIsAFieldOfTheDraftByThePersonAndLeavesTheApproval) {
  begin("CH");
  write(kSwiss);
  Drafting desk(*world.desk);
  ASSERT_TRUE(desk.ask_approval(case_id, sheet().version, kAnna));
  ASSERT_TRUE(desk.approve(case_id, sheet().version, kBeat));
  invite();
  EXPECT_EQ(side().send_to(ticket.code, ticket.pin, "not an address").error().fault,
            Fault::malformed);
  ASSERT_TRUE(side().send_to(ticket.code, ticket.pin, "neu@privat.example"));
  EXPECT_EQ(view().address, "neu@privat.example");
  EXPECT_EQ(sheet().fields.at("to").by.id, kPersonId);
  EXPECT_EQ(dossier().flow, FlowStage::approved);
  Result<Issued> issued = desk.issue(case_id, sheet().version, kAnna);
  ASSERT_TRUE(issued.has_value()) << issued.error().detail;
  EXPECT_EQ(issued->refused, "");
  ASSERT_TRUE(world.desk->resume());
  ASSERT_EQ(world.transport.sent.size(), 1u);
  EXPECT_EQ(world.transport.sent[0].to, "neu@privat.example");
}

TEST_F(LeaverSideTest, ConsentToTheElectronicFormIsAskedWhereTheLawAsksForItAndCanBeTakenBack) {
  begin("DE");
  write(kGerman);
  invite();
  ASSERT_TRUE(view().asks_consent);
  EXPECT_FALSE(view().has_consented);
  Drafting desk(*world.desk);
  EXPECT_NE(desk.look(case_id, {}, kAnna)->refused, "");
  ASSERT_TRUE(side().consent(ticket.code, ticket.pin, true));
  EXPECT_TRUE(view().has_consented);
  EXPECT_EQ(desk.look(case_id, {}, kAnna)->refused, "");
  ASSERT_TRUE(side().consent(ticket.code, ticket.pin, false));
  EXPECT_FALSE(view().has_consented);
  EXPECT_NE(desk.look(case_id, {}, kAnna)->refused, "");
}

TEST_F(LeaverSideTest, WhereNobodyAsksForAConsentNoneIsTaken) {
  begin("CH");
  write(kSwiss);
  invite();
  EXPECT_FALSE(view().asks_consent);
  EXPECT_EQ(side().consent(ticket.code, ticket.pin, true).error().fault, Fault::conflict);
}

TEST_F(LeaverSideTest, OnceIssuedTheSameCodeOpensTheFilesAndNoDraft) {
  begin("CH");
  world.issuer.policy.four_eyes = {};
  write(kSwiss);
  invite();
  EXPECT_EQ(world.desk->claim(ticket.code, ticket.pin).error().fault, Fault::conflict);
  Drafting desk(*world.desk);
  ASSERT_TRUE(desk.ask_approval(case_id, sheet().version, kAnna));
  ASSERT_TRUE(desk.approve(case_id, sheet().version, kBeat));
  ASSERT_TRUE(desk.issue(case_id, sheet().version, kAnna));
  EXPECT_EQ(side().draft(ticket.code, ticket.pin).error().fault, Fault::conflict);
  EXPECT_EQ(side().say(ticket.code, ticket.pin, "zu spät").error().fault, Fault::conflict);
  EXPECT_TRUE(world.desk->claim(ticket.code, ticket.pin).has_value());
}

TEST_F(LeaverSideTest, AnotherPinOpensNothing) {
  begin("CH");
  write(kSwiss);
  invite();
  const std::string wrong = ticket.pin == "000000" ? "000001" : "000000";
  EXPECT_EQ(side().draft(ticket.code, wrong).error().fault, Fault::refused);
  EXPECT_EQ(side().document(ticket.code, wrong).error().fault, Fault::refused);
  EXPECT_EQ(side().say(ticket.code, wrong, "x").error().fault, Fault::refused);
  EXPECT_EQ(side().consent(ticket.code, wrong, true).error().fault, Fault::refused);
  EXPECT_EQ(side().send_to(ticket.code, wrong, "a@b.example").error().fault, Fault::refused);
  world.clock.advance(hours(24 * 61));
  EXPECT_EQ(side().draft(ticket.code, ticket.pin).error().fault, Fault::not_found);
}

TEST_F(LeaverSideTest, ErasingTheCaseLeavesNoWordOfIt) {
  begin("CH");
  write(kSwiss);
  invite();
  ASSERT_TRUE(side().say(ticket.code, ticket.pin, "Danke"));
  ASSERT_EQ(world.vault->list("hearing")->size(), 1u);
  ASSERT_TRUE(world.desk->erase(case_id));
  EXPECT_TRUE(world.vault->list("hearing")->empty());
  EXPECT_EQ(side().draft(ticket.code, ticket.pin).error().fault, Fault::not_found);
}

TEST(Hearing, RefusesCommentsThatAreNone) {
  Hearing hearing;
  for (const char* text : {"", " ", "\n", "a\x01z"}) {
    EXPECT_EQ(say(hearing, text, {}).error().fault, Fault::malformed);
  }
  EXPECT_EQ(say(hearing, std::string(kMaxComment + 1, 'x'), {}).error().fault, Fault::out_of_range);
  for (std::size_t at = 0; at < kMaxComments; ++at) EXPECT_TRUE(say(hearing, "x", {}));
  EXPECT_EQ(say(hearing, "x", {}).error().fault, Fault::out_of_range);
}

TEST(Hearing, ComesBackAsItWasKeptAndFromNothingElse) {
  Hearing hearing{
      UtcMillis(hours(1)), UtcMillis(hours(2)), "abc", {{"Zeile\nZeile", UtcMillis(hours(3))}}};
  const std::string text = *to_text(hearing);
  EXPECT_EQ(*hearing_from(text), hearing);
  EXPECT_EQ(*hearing_from(*to_text(Hearing{})), Hearing{});
  for (
      const char* broken :
      {"", "{}", "[]", R"({"comments":[],"invited_at":null,"seen_at":"x","seen_digest":"","v":1})",
       R"({"comments":[],"invited_at":null,"seen_at":null,"seen_digest":"","v":2})",
       R"({"comments":[], "invited_at":null,"seen_at":null,"seen_digest":"","v":1})",
       R"({"comments":[{"at":"","text":"x"}],"invited_at":null,"seen_at":null,"seen_digest":"","v":1})",
       R"({"comments":1,"invited_at":null,"seen_at":null,"seen_digest":"","v":1})"}) {
    EXPECT_FALSE(hearing_from(broken)) << broken;
  }
}

}  // namespace
}  // namespace refledger::desk
