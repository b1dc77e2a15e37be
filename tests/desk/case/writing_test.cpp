// References that HR writes: checked, signed in three ways, once each, and the same after a crash.
#include <gtest/gtest.h>

#include "desk/case/archive.h"
#include "desk/case/prepared.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "orders.h"
#include "signer.h"
#include "world.h"

namespace refledger::desk {
namespace {

using letter::SigningMode;

struct WritingTest : testing::Test {
  World world;

  Result<Issued> order(const Json& file, SigningMode mode) {
    const bool elsewhere = mode == SigningMode::qualified;
    return world.desk->issue_order(file.dump(), mode, {elsewhere ? world.ca.chain_pem : ""});
  }
  Issued ordered(const Json& file, SigningMode mode = SigningMode::company_seal) {
    Result<Issued> issued = order(file, mode);
    EXPECT_TRUE(issued.has_value()) << issued.error().detail;
    return issued ? *issued : Issued{};
  }
  std::vector<std::string> ids(const Issued& issued) {
    std::vector<std::string> ids;
    for (const letter::Finding& one : issued.findings) ids.push_back(one.id);
    return ids;
  }
  // What a signer elsewhere answers: the document key is at hand in the test.
  Bytes signature_of(const AskedSignature& asked) {
    return sign_elsewhere(world.ca.key_pem, asked.asked.digest);
  }
  void expect_nothing_public() {
    EXPECT_EQ(world.count<format::Issued>(), 0u);
    EXPECT_TRUE(world.transport.sent.empty());
  }
};

// ---- absences -----------------------------------------------------------------------------------

TEST_F(WritingTest, TheHrSystemsAbsencesReachTheAdviceUnlessTheFileTellsThem) {
  world.issuer.automatic = {};
  world.issuer.automatic.set("CH", "", {ingest::AutomaticMode::draft, 30, {}, {}});
  world.start(2);
  world.source.people = {leaver("1")};
  world.source.absences["1"] = {{"sick_leave", day("2025-01-01"), day("2025-12-31")},
                                {"paid_vacation", day("2026-07-01"), day("2026-07-21")}};
  world.sync();
  Json file = full_order();
  file["case"] = world.only_case().case_id;
  Result<Issued> test = world.desk->test_document(file.dump());
  ASSERT_TRUE(test) << test.error().detail;
  ASSERT_TRUE(test->absences);
  EXPECT_EQ(test->absences->absent_days, 365);
  file["absences"] = {{{"kind", "illness"}, {"from", "2025-01-01"}, {"to", "2025-01-31"}}};
  EXPECT_EQ(world.desk->test_document(file.dump())->absences->absent_days, 31);
  file["absences"] = Json::array();
  EXPECT_FALSE(world.desk->test_document(file.dump())->absences);
}

// ---- by seal ------------------------------------------------------------------------------------

TEST_F(WritingTest, AFullReferenceGoesOutBySealAndIsGenuine) {
  const Issued issued = ordered(full_order());
  EXPECT_EQ(issued.refused, "");
  EXPECT_EQ(issued.stage, Stage::logged);
  EXPECT_FALSE(issued.reviewed);
  ASSERT_TRUE(issued.document.has_value());
  ASSERT_TRUE(world.desk->resume().has_value());
  ASSERT_EQ(world.transport.sent.size(), 1u);
  EXPECT_EQ(world.transport.sent[0].to, "chantal@example.org");
  const Brought brought = judge(world.transport.sent[0].message, world.clock.now());
  EXPECT_EQ(brought.report.verdict, verify::Verdict::genuine_and_valid) << brought.report.reason;
  const credential::Claims& claims = brought.report.claims;
  EXPECT_EQ(claims.at("reference_type"), "full_final");
  EXPECT_EQ(claims.at("signing_mode"), "company-seal");
  EXPECT_EQ(claims.at("language"), "fr");
  EXPECT_EQ(claims.at("document_date"), "2026-11-02");
  EXPECT_NE(claims.at("text").find("Certificat de travail"), std::string::npos);
}

TEST_F(WritingTest, TheSameFileAgainMakesNoSecondReference) {
  const Issued first = ordered(full_order());
  const Issued again = ordered(full_order());
  EXPECT_EQ(again.case_id, first.case_id);
  EXPECT_EQ(again.reference_id, first.reference_id);
  EXPECT_EQ(again.document, first.document);
  ASSERT_TRUE(world.desk->resume().has_value());
  EXPECT_EQ(ordered(full_order()).stage, Stage::delivered);
  EXPECT_EQ(world.count<format::Issued>(), 1u);
  EXPECT_EQ(world.transport.sent.size(), 1u);
}

TEST_F(WritingTest, WithoutAnAddressItWaitsToBeHandedOut) {
  Json file = full_order();
  file.erase("to");
  const Issued issued = ordered(file);
  EXPECT_EQ(issued.waiting, Waiting::to_hand_out);
  ASSERT_TRUE(world.desk->resume().has_value());
  EXPECT_TRUE(world.transport.sent.empty());
  EXPECT_TRUE(world.desk->handed_out(issued.case_id).has_value());
  EXPECT_EQ(world.desk->handed_out(issued.case_id).error().fault, Fault::conflict);
  ASSERT_TRUE(world.desk->resume().has_value());
  EXPECT_EQ(world.only_case().stage, Stage::delivered);
}

TEST_F(WritingTest, AWrittenCaseIsNotDraftedOver) {
  world.source.people = {leaver("7")};
  world.source.people[0].mapped["reference_wish"] = told<std::string>("full", "dynamic_4");
  world.sync();
  const CaseSummary open = world.only_case();
  EXPECT_EQ(open.waiting, Waiting::full_reference_wished);
  Json file = full_order();
  file["case"] = open.case_id;
  for (const char* known : {"given_name", "family_name", "employed_from", "employed_to"}) {
    file.erase(known);
  }
  const Issued issued = ordered(file);
  EXPECT_EQ(issued.refused, "");
  EXPECT_EQ(issued.case_id, open.case_id);
  world.sync();
  EXPECT_EQ(world.only_case().name, "Canaria Vogelsang7");
  EXPECT_EQ(world.count<format::Issued>(), 1u);
  EXPECT_EQ(order(full_order()["case"].is_null() ? file : file, SigningMode::company_seal)->case_id,
            open.case_id);
  file["thanks"] = false;
  EXPECT_EQ(order(file, SigningMode::company_seal).error().fault, Fault::conflict);
}

// ---- checks -------------------------------------------------------------------------------------

TEST_F(WritingTest, ABlockStopsItAndNothingIsKept) {
  Json file = full_order();
  file["blocks"] = {{"closing", "Elle s'est efforcée de tenir les délais."}};
  const Issued issued = ordered(file);
  EXPECT_NE(issued.refused.find("coded_effort"), std::string::npos) << issued.refused;
  EXPECT_EQ(issued.case_id, "");
  EXPECT_EQ(world.desk->cases()->size(), 0u);
  expect_nothing_public();
}

TEST_F(WritingTest, ABlockCannotBeOverridden) {
  Json file = full_order();
  file["blocks"] = {{"closing", "Elle s'est efforcée de tenir les délais."}};
  file["overrides"].push_back({{"finding", "coded_effort"}, {"reason", "c'est vrai"}});
  EXPECT_EQ(order(file, SigningMode::company_seal).error().fault, Fault::refused);
  expect_nothing_public();
}

TEST_F(WritingTest, AWeakerSignatureMustBeAcknowledged) {
  const Issued issued = ordered(order_to_sign());
  EXPECT_NE(issued.refused.find("signing_mode_insufficient"), std::string::npos) << issued.refused;
  expect_nothing_public();
}

TEST_F(WritingTest, TheOverrideIsKeptWithItsReason) {
  const Issued issued = ordered(full_order());
  ASSERT_EQ(issued.decisions.size(), 1u);
  Archive archive(*world.vault);
  Case one;
  one.case_id = issued.case_id;
  const auto approval = archive.kept("approval", one);
  ASSERT_TRUE(approval.has_value() && approval->has_value());
  const Json kept = *from_canonical_json(text_of(**approval), "approval");
  EXPECT_EQ(kept["by"], "P. Muster");
  EXPECT_EQ(kept["decisions"][0]["finding"], "signing_mode_insufficient");
  EXPECT_FALSE(kept["decisions"][0]["reason"].get<std::string>().empty());
  EXPECT_EQ(kept["pack"]["country"], "CH");
}

TEST_F(WritingTest, TheModeOfTheFileIsTheModeThatIsAskedFor) {
  Json file = full_order();
  file["signing"] = "by-hand";
  EXPECT_EQ(order(file, SigningMode::company_seal).error().fault, Fault::refused);
}

// ---- test documents -----------------------------------------------------------------------------

TEST_F(WritingTest, ATestDocumentLeavesNoTrace) {
  const Result<Issued> tested = world.desk->test_document(full_order().dump());
  ASSERT_TRUE(tested.has_value()) << tested.error().detail;
  ASSERT_TRUE(tested->document.has_value());
  EXPECT_EQ(text_of(*tested->document).substr(0, 5), "%PDF-");
  EXPECT_EQ(text_of(*tested->document).find("/ByteRange"), std::string_view::npos);
  EXPECT_EQ(tested->case_id, "");
  EXPECT_EQ(tested->reference_id, "");
  EXPECT_EQ(world.desk->cases()->size(), 0u);
  EXPECT_TRUE(world.steps.empty());
  expect_nothing_public();
}

// ---- by hand ------------------------------------------------------------------------------------

TEST_F(WritingTest, SignedByHandItIsEnteredOnlyWhenTheCopyIsRegistered) {
  const Issued printed = ordered(order_to_sign(), SigningMode::by_hand);
  EXPECT_EQ(printed.refused, "");
  EXPECT_EQ(printed.waiting, Waiting::signature_by_hand);
  ASSERT_TRUE(printed.document.has_value());
  EXPECT_EQ(text_of(*printed.document).find("/ByteRange"), std::string_view::npos);
  ASSERT_TRUE(world.desk->resume().has_value());
  world.sync();
  expect_nothing_public();
  EXPECT_FALSE(world.desk->register_signed(printed.case_id, " ").has_value());
  const Result<Issued> registered = world.desk->register_signed(printed.case_id, "P. Muster");
  ASSERT_TRUE(registered.has_value()) << registered.error().detail;
  EXPECT_EQ(registered->stage, Stage::delivered);
  EXPECT_EQ(world.count<format::Issued>(), 1u);
  const log::View view = *world.log->view();
  const auto entry = *format::parse_entry(*view.entry({view.checkpoint().size.leaves - 1}));
  EXPECT_FALSE(std::get<format::Issued>(entry.act).doc.has_value());
  EXPECT_EQ(world.desk->register_signed(printed.case_id, "P. Muster").error().fault,
            Fault::conflict);
}

// ---- signed elsewhere ---------------------------------------------------------------------------

TEST_F(WritingTest, SignedElsewhereItIsEnteredWhenTheSignatureComes) {
  const Issued prepared = ordered(order_to_sign(), SigningMode::qualified);
  EXPECT_EQ(prepared.refused, "");
  ASSERT_TRUE(prepared.signature.has_value());
  EXPECT_EQ(prepared.signature->last_day, day("2026-11-02"));
  expect_nothing_public();
  const Issued again = ordered(order_to_sign(), SigningMode::qualified);
  EXPECT_EQ(again.signature->asked.digest, prepared.signature->asked.digest);
  const Result<Issued> done =
      world.desk->assemble(prepared.case_id, signature_of(*prepared.signature));
  ASSERT_TRUE(done.has_value()) << done.error().detail;
  EXPECT_EQ(done->stage, Stage::logged);
  ASSERT_TRUE(world.desk->resume().has_value());
  const Brought brought = judge(world.transport.sent.at(0).message, world.clock.now());
  EXPECT_EQ(brought.report.verdict, verify::Verdict::genuine_and_valid) << brought.report.reason;
  EXPECT_EQ(brought.report.claims.at("signing_mode"), "qualified");
  EXPECT_EQ(world.desk->assemble(prepared.case_id, signature_of(*prepared.signature)).error().fault,
            Fault::conflict);
}

TEST_F(WritingTest, AWrongSignatureChangesNothing) {
  const Issued prepared = ordered(order_to_sign(), SigningMode::qualified);
  Bytes wrong = signature_of(*prepared.signature);
  wrong[40] ^= 1;
  EXPECT_FALSE(world.desk->assemble(prepared.case_id, wrong).has_value());
  expect_nothing_public();
  EXPECT_TRUE(
      world.desk->assemble(prepared.case_id, signature_of(*prepared.signature)).has_value());
}

TEST_F(WritingTest, ASignatureThatComesTooLateIsRefusedAndTheDocumentPreparedAnew) {
  const Issued prepared = ordered(order_to_sign(), SigningMode::qualified);
  const Bytes signature = signature_of(*prepared.signature);
  world.clock.advance(std::chrono::hours(24));
  EXPECT_EQ(world.desk->assemble(prepared.case_id, signature).error().fault, Fault::refused);
  const Issued again = ordered(order_to_sign(), SigningMode::qualified);
  EXPECT_EQ(again.reference_id, prepared.reference_id);
  ASSERT_TRUE(again.signature.has_value());
  EXPECT_EQ(again.signature->last_day, day("2026-11-03"));
  EXPECT_NE(again.signature->asked.digest, prepared.signature->asked.digest);
  EXPECT_TRUE(world.desk->assemble(again.case_id, signature_of(*again.signature)).has_value());
}

// ---- signed by two ------------------------------------------------------------------------------

struct TwoSignatories : WritingTest {
  seal::DemonstrationCa other = *seal::make_demonstration_ca("Mara Muster", world.clock.now());

  Issued ordered_by(const Signers& signers) {
    const Result<Issued> issued =
        world.desk->issue_order(order_to_sign().dump(), SigningMode::qualified, signers);
    EXPECT_TRUE(issued.has_value()) << issued.error().detail;
    return issued ? *issued : Issued{};
  }
  Bytes theirs(const AskedSignature& asked) {
    return sign_elsewhere(other.key_pem, asked.asked.digest);
  }
  void expect_signed_by(const std::string& first, const std::string& second) {
    ASSERT_TRUE(world.desk->resume().has_value());
    EXPECT_EQ(world.count<format::Issued>(), 1u);
    const Brought brought = judge(world.transport.sent.at(0).message, world.clock.now());
    EXPECT_EQ(brought.report.verdict, verify::Verdict::genuine_and_valid) << brought.report.reason;
    const auto findings = verify::inspect_pdf(brought.document);
    ASSERT_TRUE(findings.has_value());
    EXPECT_EQ(findings->signature, verify::PdfSignature::whole_file);
    EXPECT_EQ(findings->signer, first);
    EXPECT_EQ(findings->second_signer, second);
  }
};

TEST_F(TwoSignatories, TwoPeopleSignOneAfterTheOther) {
  const Signers signers{world.ca.chain_pem, other.chain_pem};
  const Issued asked = ordered_by(signers);
  ASSERT_TRUE(asked.signature.has_value());
  const Bytes theirs_too_early = theirs(*asked.signature);
  EXPECT_FALSE(world.desk->assemble(asked.case_id, theirs_too_early).has_value());
  const Result<Issued> once = world.desk->assemble(asked.case_id, signature_of(*asked.signature));
  ASSERT_TRUE(once.has_value()) << once.error().detail;
  EXPECT_EQ(once->waiting, Waiting::signature_elsewhere);
  ASSERT_TRUE(once->signature.has_value());
  expect_nothing_public();
  EXPECT_FALSE(world.desk->assemble(asked.case_id, signature_of(*once->signature)).has_value());
  world.start(2);  // the desk is started anew in between
  const Issued again = ordered_by(signers);
  EXPECT_EQ(again.signature->asked.digest, once->signature->asked.digest);
  const Result<Issued> twice = world.desk->assemble(asked.case_id, theirs(*once->signature));
  ASSERT_TRUE(twice.has_value()) << twice.error().detail;
  EXPECT_EQ(twice->stage, Stage::logged);
  expect_signed_by("Muster Werke AG", "Mara Muster");
}

TEST_F(TwoSignatories, TheSealSignsBeforeAPerson) {
  const Issued asked = ordered_by({other.chain_pem, "", true});
  ASSERT_TRUE(asked.signature.has_value());
  expect_nothing_public();
  const Result<Issued> done = world.desk->assemble(asked.case_id, theirs(*asked.signature));
  ASSERT_TRUE(done.has_value()) << done.error().detail;
  EXPECT_EQ(done->stage, Stage::logged);
  expect_signed_by("Muster Werke AG", "Mara Muster");
}

TEST_F(TwoSignatories, ThreeSignaturesAreRefused) {
  const Result<Issued> refused = world.desk->issue_order(
      order_to_sign().dump(), SigningMode::qualified, {world.ca.chain_pem, other.chain_pem, true});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().detail, "signers: at most two signatures");
}

// ---- crashes ------------------------------------------------------------------------------------

// Dies after each step in turn; the same file, given again, comes to one reference, one entry.
TEST_F(WritingTest, ACrashAtAnyStepComesToTheSameReference) {
  for (const SigningMode mode :
       {SigningMode::company_seal, SigningMode::by_hand, SigningMode::qualified}) {
    const Json file = mode == SigningMode::company_seal ? full_order() : order_to_sign();
    for (std::size_t at = 1; at < 60; ++at) {
      World crashed;
      crashed.die_after = at;
      const std::string chain = mode == SigningMode::qualified ? crashed.ca.chain_pem : "";
      bool died = false;
      try {
        ASSERT_TRUE(crashed.desk->issue_order(file.dump(), mode, {chain}).has_value());
      } catch (const Killed&) {
        died = true;
      }
      crashed.die_after.reset();
      const auto document_before = [&]() -> std::optional<Bytes> {
        Archive archive(*crashed.vault);
        const auto all = archive.load_all(kIss, "personio");
        for (const Kept& kept : *all) {
          return *archive.kept(mode == SigningMode::qualified ? "prepared" : "document",
                               kept.content);
        }
        return std::nullopt;
      }();
      crashed.start(2);
      const Result<Issued> issued = crashed.desk->issue_order(file.dump(), mode, {chain});
      ASSERT_TRUE(issued.has_value()) << at << ": " << issued.error().detail;
      EXPECT_EQ(crashed.desk->cases()->size(), 1u) << at;
      EXPECT_EQ(crashed.count<format::Issued>(), mode == SigningMode::company_seal ? 1u : 0u) << at;
      if (document_before && mode != SigningMode::qualified) {
        EXPECT_EQ(*issued->document, *document_before) << at;
      }
      if (!died) break;
      ASSERT_LT(at, 59u);
    }
  }
}

// The same while the signature is taken in: one entry, and the bytes that were signed.
TEST_F(WritingTest, ACrashWhileASignatureIsTakenInLosesNothing) {
  for (const SigningMode mode : {SigningMode::by_hand, SigningMode::qualified}) {
    for (std::size_t at = 1; at < 30; ++at) {
      World crashed;
      const bool elsewhere = mode == SigningMode::qualified;
      const std::string chain = elsewhere ? crashed.ca.chain_pem : "";
      const Issued waiting = *crashed.desk->issue_order(order_to_sign().dump(), mode, {chain});
      const Bytes signature =
          elsewhere ? sign_elsewhere(crashed.ca.key_pem, waiting.signature->asked.digest) : Bytes{};
      const auto take = [&] {
        return elsewhere ? crashed.desk->assemble(waiting.case_id, signature)
                         : crashed.desk->register_signed(waiting.case_id, "P. Muster");
      };
      crashed.die_after = crashed.steps.size() + at;
      bool died = false;
      try {
        ASSERT_TRUE(take().has_value());
      } catch (const Killed&) {
        died = true;
      }
      crashed.die_after.reset();
      crashed.start(2);
      // HR tries again, or the desk goes on by itself: never a second entry.
      const Result<Issued> again = take();
      EXPECT_TRUE(again.has_value() || again.error().fault == Fault::conflict);
      ASSERT_TRUE(crashed.desk->resume().has_value());
      EXPECT_EQ(crashed.count<format::Issued>(), 1u) << at;
      if (!died) break;
      ASSERT_LT(at, 29u);
    }
  }
}

}  // namespace
}  // namespace refledger::desk
