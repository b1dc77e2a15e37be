// People of HR at the desk: what they write is kept, a second person approves, nobody their own.
#include "desk/case/drafting.h"

#include <gtest/gtest.h>

#include "desk/case/sheet_order.h"
#include "signer.h"
#include "world.h"

namespace refledger::desk {
namespace {

const Actor kAnna{"u-anna", "Anna Schreiber", {Role::clerk}};
const Actor kBeat{"u-beat", "Beat Prüfer", {Role::approver}};
const Actor kCarla{"u-carla", "Carla Zeichner", {Role::signatory}};
const Actor kAdmin{"u-admin", "Admin", {Role::administrator}};
const Actor kAuditor{"u-audit", "Auditor", {Role::auditor}};
const Actor kNobody{"", "", {Role::clerk, Role::approver}};

// A full Swiss reference for the leaver of company.h, signed by seal, the weaker form accepted.
Fields full() {
  Fields fields{{"type", "full_final"},
                {"functions.1.tasks", "Fräsen nach Zeichnung\nPrüfen der Teile"},
                {"thanks", "yes"},
                {"wishes", "yes"},
                {"overrides.seal.finding", "signing_mode_insufficient"},
                {"overrides.seal.reason", "die Person erhält zusätzlich das Original"}};
  for (const char* criterion : {"expertise", "quality", "quantity", "conduct_managers",
                                "conduct_colleagues", "conduct_clients"}) {
    fields["ratings." + std::string(criterion) + ".grade"] = "2";
  }
  return fields;
}

struct DraftingTest : testing::Test {
  World world;
  std::string case_id;

  DraftingTest() {
    world.issuer.policy.four_eyes = {"*"};
    world.source.people = {leaver("7")};
    world.source.people[0].mapped["reference_wish"] = told<std::string>("full", "dynamic_4");
    world.start(1);
    world.sync();
    case_id = world.only_case().case_id;
  }
  Drafting desk() { return Drafting(*world.desk); }
  Dossier dossier(const Actor& actor = kAnna) { return *desk().dossier(case_id, actor); }
  std::uint64_t version() { return dossier().sheet.version; }

  void write(const Fields& fields, const Actor& actor = kAnna) {
    Result<Saved> saved = desk().save(case_id, version(), fields, actor);
    ASSERT_TRUE(saved.has_value()) << saved.error().detail;
    EXPECT_TRUE(saved->clashes.empty());
  }
  void write_and_ask() {
    write(full());
    auto asked = desk().ask_approval(case_id, version(), kAnna);
    ASSERT_TRUE(asked.has_value()) << asked.error().detail;
  }
  Fault approving(const Actor& actor) {
    auto done = desk().approve(case_id, version(), actor);
    EXPECT_FALSE(done.has_value());
    return done ? Fault::storage : done.error().fault;
  }
  std::string why_not_issued(const Actor& actor) {
    Result<Issued> issued = desk().issue(case_id, version(), actor);
    if (!issued) return issued.error().detail;
    return issued->refused.empty() ? "issued" : issued->refused;
  }
};

TEST_F(DraftingTest, GoesFromWriterToApproverToTheHolder) {
  write_and_ask();
  EXPECT_EQ(dossier().flow, FlowStage::asked);
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  EXPECT_EQ(dossier().flow, FlowStage::approved);
  Result<Issued> issued = desk().issue(case_id, version(), kAnna);
  ASSERT_TRUE(issued.has_value()) << issued.error().detail;
  EXPECT_EQ(issued->refused, "");
  EXPECT_EQ(issued->stage, Stage::logged);
  ASSERT_TRUE(world.desk->resume().has_value());
  ASSERT_EQ(world.transport.sent.size(), 1u);
  EXPECT_EQ(world.transport.sent[0].to, "private7@example.org");
  const Brought brought = judge(world.transport.sent[0].message, world.clock.now());
  EXPECT_EQ(brought.report.verdict, verify::Verdict::genuine_and_valid) << brought.report.reason;
  EXPECT_EQ(brought.report.claims.at("reference_type"), "full_final");
  EXPECT_NE(brought.report.claims.at("text").find("Fräsen nach Zeichnung"), std::string::npos);
}

TEST_F(DraftingTest, NobodyApprovesWhatTheyWroteOrAskedFor) {
  const Actor both{"u-anna", "Anna again", {Role::approver, Role::signatory, Role::clerk}};
  write_and_ask();
  EXPECT_EQ(approving(both), Fault::refused);
  write({{"training", "Kurs"}}, kBeat);
  ASSERT_TRUE(desk().ask_approval(case_id, version(), kAnna).has_value());
  EXPECT_EQ(approving(kBeat), Fault::refused);
  ASSERT_TRUE(desk().approve(case_id, version(), kCarla).has_value());
}

TEST_F(DraftingTest, WithoutApprovalNothingIsIssuedWhoeverAsks) {
  write_and_ask();
  for (const Actor& actor : {kAnna, kBeat, kCarla}) {
    EXPECT_NE(why_not_issued(actor), "issued");
  }
  Result<Sheet> sheet = Result<Sheet>(dossier().sheet);
  Result<std::string> order = order_text(*sheet, case_id, dossier().facts);
  ASSERT_TRUE(order.has_value());
  EXPECT_EQ(world.desk->issue_order(*order, letter::SigningMode::company_seal).error().fault,
            Fault::refused);
  EXPECT_EQ(world.count<format::Issued>(), 0u);
}

TEST_F(DraftingTest, AChangeAfterApprovalNeedsItAgainAndIsShown) {
  write_and_ask();
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  write({{"ratings.quality.grade", "1"}});
  EXPECT_EQ(dossier().flow, FlowStage::writing);
  EXPECT_NE(why_not_issued(kCarla), "issued");
  ASSERT_TRUE(desk().ask_approval(case_id, version(), kAnna).has_value());
  const std::vector<Difference> changed = since_approval(dossier().sheet);
  ASSERT_EQ(changed.size(), 1u);
  EXPECT_EQ(changed[0].field, "ratings.quality.grade");
  EXPECT_EQ(changed[0].before, "2");
  EXPECT_EQ(changed[0].now, "1");
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  EXPECT_EQ(why_not_issued(kAnna), "issued");
}

TEST_F(DraftingTest, AFactThatTheHrSystemChangesNeedsApprovalAgain) {
  write_and_ask();
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  world.source.people[0].position = told<std::string>("Montageleiterin", "position");
  world.sync();
  EXPECT_EQ(dossier().flow, FlowStage::outdated);
  EXPECT_EQ(why_not_issued(kAnna), "it changed since it was approved");
  ASSERT_TRUE(desk().ask_approval(case_id, version(), kAnna).has_value());
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  EXPECT_EQ(why_not_issued(kAnna), "issued");
}

TEST_F(DraftingTest, AnotherDayOrAddressIsStillTheApprovedDocument) {
  write_and_ask();
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  world.clock.advance(std::chrono::hours(24 * 3));
  EXPECT_EQ(dossier().flow, FlowStage::approved);
  EXPECT_EQ(why_not_issued(kAnna), "issued");
}

TEST_F(DraftingTest, SentBackItSaysWhyAndWaitsForTheWriter) {
  write_and_ask();
  EXPECT_EQ(desk().send_back(case_id, version(), "", kBeat).error().fault, Fault::malformed);
  ASSERT_TRUE(desk().send_back(case_id, version(), "Bitte die Aufgaben ergänzen", kBeat));
  EXPECT_EQ(dossier().flow, FlowStage::returned);
  EXPECT_EQ(dossier().sheet.returned->reason, "Bitte die Aufgaben ergänzen");
  EXPECT_EQ(approving(kBeat), Fault::conflict);
  write({{"functions.1.tasks", "Fräsen\nPrüfen\nAnleiten"}});
  EXPECT_EQ(dossier().flow, FlowStage::writing);
}

TEST_F(DraftingTest, AStaleVersionIsApprovedAndIssuedByNobody) {
  write_and_ask();
  const std::uint64_t before = version();
  write({{"thanks", ""}});
  ASSERT_TRUE(desk().ask_approval(case_id, version(), kAnna).has_value());
  EXPECT_EQ(desk().approve(case_id, before, kBeat).error().fault, Fault::conflict);
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  EXPECT_EQ(desk().issue(case_id, before, kAnna).error().fault, Fault::conflict);
  EXPECT_EQ(world.count<format::Issued>(), 0u);
}

TEST_F(DraftingTest, WhatStandsInTheWayStopsTheQuestionForApproval) {
  Fields fields = full();
  fields.erase("overrides.seal.finding");
  write(fields);
  EXPECT_EQ(desk().ask_approval(case_id, version(), kAnna).error().fault, Fault::refused);
  write({{"overrides.seal.finding", "signing_mode_insufficient"}, {"given_name", "Kanaria"}});
  EXPECT_EQ(desk().ask_approval(case_id, version(), kAnna).error().detail,
            "reason: missing for given_name");
  write({{"reasons.given_name", "im HR-System falsch geschrieben"}});
  EXPECT_TRUE(desk().ask_approval(case_id, version(), kAnna).has_value());
}

TEST_F(DraftingTest, EachRoleMayDoItsPartAndNoMore) {
  write_and_ask();
  const std::uint64_t now = version();
  for (const Actor& actor : {kAdmin, kAuditor, kNobody}) {
    EXPECT_EQ(desk().save(case_id, now, {{"thanks", ""}}, actor).error().fault, Fault::refused);
    EXPECT_EQ(desk().restore(case_id, now, 0, actor).error().fault, Fault::refused);
    EXPECT_EQ(desk().ask_approval(case_id, now, actor).error().fault, Fault::refused);
    EXPECT_EQ(desk().approve(case_id, now, actor).error().fault, Fault::refused);
    EXPECT_EQ(desk().send_back(case_id, now, "x", actor).error().fault, Fault::refused);
    EXPECT_EQ(desk().issue(case_id, now, actor).error().fault, Fault::refused);
    EXPECT_EQ(desk().hold(case_id, actor).error().fault, Fault::refused);
    EXPECT_EQ(desk().release(case_id, actor).error().fault, Fault::refused);
    EXPECT_EQ(desk().start_interim("9", actor).error().fault, Fault::refused);
    EXPECT_EQ(desk().settle(case_id, actor).error().fault, Fault::refused);
  }
  EXPECT_EQ(approving(kAnna), Fault::refused);
  EXPECT_EQ(desk().release(case_id, kAnna).error().fault, Fault::refused);
  EXPECT_EQ(desk().board(kNobody).error().fault, Fault::refused);
  EXPECT_TRUE(desk().board(kAuditor).has_value());
}

TEST_F(DraftingTest, WhereOnePersonIsEnoughAClerkStillNeedsSomebody) {
  world.issuer.policy.four_eyes = {"DE.full_final", "full_interim"};
  world.start(2);
  write(full());
  EXPECT_FALSE(dossier().needs_two);
  EXPECT_EQ(why_not_issued(kAnna), "your role does not allow this");
  EXPECT_EQ(why_not_issued(kCarla), "issued");
}

TEST_F(DraftingTest, AGradeThatTheEmployerMayHaveToProveNeedsASecondPerson) {
  world.issuer.policy.four_eyes = {};
  world.start(2);
  Fields fields = full();
  write(fields);
  EXPECT_FALSE(dossier().needs_two);
  write({{"ratings.quality.grade", "4"}, {"ratings.quality.evidence", "zwei Rücksendungen"}});
  EXPECT_TRUE(dossier().needs_two);
  EXPECT_NE(why_not_issued(kCarla), "issued");
  Result<std::string> order = order_text(dossier().sheet, case_id, dossier().facts);
  EXPECT_EQ(world.desk->issue_order(*order, letter::SigningMode::company_seal).error().fault,
            Fault::refused);
  ASSERT_TRUE(desk().ask_approval(case_id, version(), kAnna).has_value());
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  EXPECT_EQ(why_not_issued(kAnna), "issued");
}

// ---- the issuer's own text ----------------------------------------------------------------------

TEST_F(DraftingTest, TheIssuersOwnTextStandsInTheDocumentThatGoesOut) {
  world.issuer.blocks = {
      {"closing.de", "Rückfragen beantwortet die Personalabteilung."},
      {"employer_description.de.CH.full_final", "Die Muster Werke AG fertigt Präzisionsteile."}};
  world.start(2);
  write_and_ask();
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  ASSERT_EQ(why_not_issued(kAnna), "issued");
  // What the settings say afterwards changes nothing that is on its way.
  world.issuer.blocks = {};
  world.start(3);
  ASSERT_TRUE(world.desk->resume().has_value());
  const Brought brought = judge(world.transport.sent.at(0).message, world.clock.now());
  EXPECT_EQ(brought.report.verdict, verify::Verdict::genuine_and_valid) << brought.report.reason;
  const std::string& text = brought.report.claims.at("text");
  EXPECT_NE(text.find("Die Muster Werke AG fertigt Präzisionsteile."), std::string::npos);
  EXPECT_LT(text.find("wünschen"), text.find("Rückfragen beantwortet die Personalabteilung."));
}

TEST_F(DraftingTest, TheIssuersOwnTextIsCheckedAndStopsTheDocument) {
  world.issuer.blocks = {{"closing.de", "Sie hat sich stets bemüht, die Termine zu halten."}};
  world.start(2);
  write(full());
  const Look look = *desk().look(case_id, {}, kAnna);
  EXPECT_NE(look.refused.find("coded_effort"), std::string::npos) << look.refused;
  EXPECT_FALSE(desk().ask_approval(case_id, version(), kAnna).has_value());
  write({{"leave_out.closing", "yes"}});
  EXPECT_EQ(desk().look(case_id, {}, kAnna)->refused, "");
}

TEST_F(DraftingTest, AnApprovalEndsWhereTheIssuersOwnTextChanges) {
  write_and_ask();
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  world.issuer.blocks = {{"closing.de", "Rückfragen beantwortet die Personalabteilung."}};
  world.start(2);
  EXPECT_EQ(dossier().flow, FlowStage::outdated);
  EXPECT_NE(why_not_issued(kCarla), "issued");
}

// ---- signed elsewhere ---------------------------------------------------------------------------

TEST_F(DraftingTest, TwoPeopleSignElsewhereWhatWasApproved) {
  world.issuer.policy.signing = letter::SigningMode::qualified;  // and the draft says nothing else
  world.start(2);
  const seal::DemonstrationCa other =
      *seal::make_demonstration_ca("Mara Muster", world.clock.now());
  Fields fields = full();
  for (const char* leaf : {"finding", "reason"})
    fields.erase(std::string("overrides.seal.") + leaf);
  fields["grounds.signature"] = "die Person ist einverstanden";
  write(fields);
  ASSERT_TRUE(desk().ask_approval(case_id, version(), kAnna).has_value());
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  EXPECT_FALSE(desk().asked_signature(case_id, kAnna)->has_value());
  const Signers both{world.ca.chain_pem, other.chain_pem};
  EXPECT_EQ(desk()
                .issue(case_id, version(), kAnna, {world.ca.chain_pem, other.chain_pem, true})
                .error()
                .fault,
            Fault::malformed);
  ASSERT_TRUE(desk().issue(case_id, version(), kAnna, both).has_value());
  EXPECT_EQ(desk().asked_signature(case_id, kAuditor).error().fault, Fault::refused);
  const AskedSignature first = **desk().asked_signature(case_id, kAnna);
  EXPECT_EQ(first.signer, "Muster Werke AG");
  EXPECT_EQ(std::pair(first.number, first.of), std::pair(1u, 2u));
  ASSERT_TRUE(desk()
                  .assemble(case_id, sign_elsewhere(world.ca.key_pem, first.asked.digest), kAnna)
                  .has_value());
  EXPECT_EQ(world.count<format::Issued>(), 0u);
  const AskedSignature second = **desk().asked_signature(case_id, kAnna);
  EXPECT_EQ(second.signer, "Mara Muster");
  EXPECT_EQ(second.number, 2u);
  ASSERT_TRUE(desk()
                  .assemble(case_id, sign_elsewhere(other.key_pem, second.asked.digest), kAnna)
                  .has_value());
  EXPECT_EQ(world.count<format::Issued>(), 1u);
  EXPECT_FALSE(desk().asked_signature(case_id, kAnna)->has_value());
}

TEST_F(DraftingTest, WhatWasNotSignedInTimeIsPreparedAnew) {
  Fields fields = full();
  fields["signing"] = "qualified";
  write(fields);
  ASSERT_TRUE(desk().ask_approval(case_id, version(), kAnna).has_value());
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  const Signers one{.chain = world.ca.chain_pem};
  ASSERT_TRUE(desk().issue(case_id, version(), kAnna, one).has_value());
  const Sha256 before = (*desk().asked_signature(case_id, kAnna))->asked.digest;
  world.clock.advance(std::chrono::hours(24));
  ASSERT_TRUE(desk().issue(case_id, 0, kAnna, one).has_value());
  const AskedSignature anew = **desk().asked_signature(case_id, kAnna);
  EXPECT_NE(anew.asked.digest, before);
  ASSERT_TRUE(desk()
                  .assemble(case_id, sign_elsewhere(world.ca.key_pem, anew.asked.digest), kAnna)
                  .has_value());
  EXPECT_EQ(world.count<format::Issued>(), 1u);
}

TEST_F(DraftingTest, WhatIsWrittenByHandDoesNotGoOutByRuleAsWell) {
  world.source.people[0].mapped["reference_wish"] = told<std::string>("confirmation", "dynamic_4");
  write(full());
  world.sync();
  world.clock.advance(std::chrono::hours(48));
  world.sync();
  EXPECT_EQ(world.count<format::Issued>(), 0u);
  EXPECT_EQ(desk().release(case_id, kBeat).error().fault, Fault::conflict);
}

TEST_F(DraftingTest, TheDraftOutlivesARestartAndIsFrozenOnceIssued) {
  write_and_ask();
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  const Sheet before = dossier().sheet;
  world.start(3);
  EXPECT_EQ(dossier().sheet, before);
  const std::uint64_t now = version();
  EXPECT_EQ(why_not_issued(kAnna), "issued");
  EXPECT_EQ(desk().save(case_id, now, {{"thanks", ""}}, kAnna).error().fault, Fault::conflict);
  EXPECT_EQ(desk().restore(case_id, now, 0, kAnna).error().fault, Fault::conflict);
  EXPECT_EQ(why_not_issued(kAnna), "issued");
  EXPECT_EQ(world.count<format::Issued>(), 1u);
  EXPECT_TRUE(dossier().sheet.history.front().before.empty());
}

TEST_F(DraftingTest, ErasingTheCaseLeavesNoDraft) {
  write(full());
  ASSERT_EQ(world.vault->list("sheet")->size(), 1u);
  ASSERT_TRUE(world.desk->erase(case_id).has_value());
  EXPECT_TRUE(world.vault->list("sheet")->empty());
}

TEST_F(DraftingTest, WhatTheHrSystemSaysKeepsItsOrigin) {
  write_and_ask();
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  EXPECT_EQ(why_not_issued(kAnna), "issued");
  EXPECT_EQ(dossier().facts.at("position").from.source, "Personio");
}

TEST_F(DraftingTest, ATestDocumentShowsWhatIsNotSavedYetAndKeepsNothing) {
  write(full());
  const Fields unsaved{{"functions.1.tasks", "Etwas anderes als zuvor"}};
  Result<Look> look = desk().look(case_id, unsaved, kAnna);
  ASSERT_TRUE(look.has_value() && look->examined);
  EXPECT_NE(look->examined->written.letter.text().find("Etwas anderes"), std::string::npos);
  Result<Bytes> pdf = desk().preview(case_id, unsaved, kAnna);
  ASSERT_TRUE(pdf.has_value()) << pdf.error().detail;
  EXPECT_EQ(text_of(*pdf).substr(0, 5), "%PDF-");
  EXPECT_EQ(dossier().sheet.text("functions.1.tasks"), full().at("functions.1.tasks"));
  EXPECT_EQ(desk().look(case_id, {{"type", ""}}, kAnna)->incomplete, "type: missing");
}

// ---- interim references -------------------------------------------------------------------------

TEST_F(DraftingTest, AnInterimReferenceBeginsFromSomebodyWhoWorksHere) {
  ingest::Person active = leaver("9");
  active.status = told(ingest::EmploymentStatus::active, "status");
  active.termination_date.reset();
  world.source.people.push_back(active);
  world.sync();
  Result<std::string> begun = desk().start_interim("9", kAnna);
  ASSERT_TRUE(begun.has_value()) << begun.error().detail;
  EXPECT_EQ(*desk().start_interim("9", kBeat), *begun);
  EXPECT_EQ(desk().start_interim("7", kAnna).error().fault, Fault::conflict);
  EXPECT_EQ(desk().start_interim("99", kAnna).error().fault, Fault::not_found);
  case_id = *begun;
  Fields fields = full();
  fields["type"] = "full_interim";
  fields.erase("wishes");
  write(fields);
  ASSERT_TRUE(desk().ask_approval(case_id, version(), kAnna).has_value());
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  world.sync();
  EXPECT_EQ(why_not_issued(kAnna), "issued");
  world.sync();
  EXPECT_EQ(world.count<format::Issued>(), 1u);
  EXPECT_NE(*desk().start_interim("9", kAnna), *begun);  // another, years later
}

TEST_F(DraftingTest, AnInterimCaseIsNoCaseOfTheLeaver) {
  ingest::Person active = leaver("9");
  active.status = told(ingest::EmploymentStatus::active, "status");
  active.termination_date.reset();
  world.source.people.push_back(active);
  ASSERT_TRUE(desk().start_interim("9", kAnna).has_value());
  world.source.people.back() = leaver("9");
  world.sync();
  EXPECT_EQ(world.desk->cases()->size(), 3u);
  EXPECT_EQ(world.count<format::Issued>(), 1u);  // 9's own confirmation, by rule
}

// ---- the board ----------------------------------------------------------------------------------

TEST_F(DraftingTest, TheBoardShowsTheOverdueFirstAndWhoseTurnItIs) {
  world.source.people.push_back(leaver("8"));
  world.source.people[1].termination_date = told(day("2026-11-20"), "termination_date");
  world.source.people[1].status = told(ingest::EmploymentStatus::active, "status");
  world.issuer.automatic.set("", "", {{}, 60, {}, {}});
  world.issuer.automatic.set("CH", "confirmation",
                             {ingest::AutomaticMode::draft, 60, std::chrono::hours(0), {}});
  world.start(4);
  world.sync();
  Board board = *desk().board(kAnna);
  ASSERT_EQ(board.size(), 2u);
  EXPECT_EQ(board[0].case_id, case_id);
  EXPECT_TRUE(board[0].overdue);
  EXPECT_EQ(board[0].due, "2026-10-31");
  EXPECT_EQ(board[0].days_left, -2);
  EXPECT_EQ(board[0].standing, Standing::to_write);
  EXPECT_EQ(board[0].type, "full_final");
  EXPECT_FALSE(board[1].overdue);
  EXPECT_EQ(board[1].standing, Standing::to_settle);  // to look at and to release
  write_and_ask();
  EXPECT_EQ((*desk().board(kAnna))[0].standing, Standing::to_approve);
  EXPECT_TRUE((*desk().board(kAnna))[0].own);
  EXPECT_FALSE((*desk().board(kBeat))[0].own);
  ASSERT_TRUE(desk().approve(case_id, version(), kBeat).has_value());
  EXPECT_EQ((*desk().board(kAnna))[0].standing, Standing::to_issue);
  EXPECT_EQ(why_not_issued(kAnna), "issued");
  ASSERT_TRUE(world.desk->resume().has_value());
  EXPECT_EQ((*desk().board(kAnna))[1].standing, Standing::done);
  EXPECT_FALSE((*desk().board(kAnna))[1].overdue);
}

}  // namespace
}  // namespace refledger::desk
