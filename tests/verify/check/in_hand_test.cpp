// What is in hand: a file, a credential, both, or a number alone.
#include "report.h"

namespace refledger::verify {
namespace {

TEST(Check, ADocumentWithItsCredentialIsGenuineAndValid) {
  const Report report = check(World().evidence());
  expect(report, Verdict::genuine_and_valid, std::nullopt);
  EXPECT_NE(report.reason.find("This file"), std::string::npos);
}

TEST(Check, ACredentialAloneIsToBeComparedWithThePaper) {
  Evidence evidence = World().evidence();
  evidence.document.reset();
  const Report report = check(evidence);
  expect(report, Verdict::genuine_and_valid, std::nullopt);
  EXPECT_NE(report.reason.find("Compare every line with the paper"), std::string::npos);
}

TEST(Check, AnotherFileIsNotThisDocument) {
  Evidence evidence = World().evidence();
  evidence.document->bytes[0] ^= 1;
  expect(check(evidence), Verdict::not_this_document, Layer::document);
  evidence.credential.reset();
  expect(check(evidence), Verdict::not_this_document, Layer::document);
}

TEST(Check, ANumberAloneSaysNothingAboutThePaper) {
  Evidence evidence = World().evidence();
  evidence.credential.reset();
  evidence.document.reset();
  const Report report = check(evidence);
  expect(report, Verdict::cannot_check_now, std::nullopt);
  EXPECT_NE(report.reason.find("nothing about the paper"), std::string::npos);
  EXPECT_EQ(report.iss, kIss);
}

TEST(Check, ADocumentAloneIsGenuineButItsWithdrawalIsNotKnown) {
  Evidence evidence = World().evidence();
  evidence.credential.reset();
  expect(check(evidence), Verdict::cannot_check_now, Layer::status);
}

// The signed paper is the document: a scan of it, or the PDF that was printed, is not.
TEST(Check, NoFileIsTheDocumentWhereThePaperWasSignedByHand) {
  World world;
  world.leaves.resize(2);
  world.make_credential(*world.issuer, "qualified", "by-hand");
  world.issue(*world.issuer, false);
  const Report report = check(world.evidence());
  expect(report, Verdict::not_this_document, Layer::document);
  EXPECT_NE(report.reason.find("the signed paper is the document"), std::string::npos);
  EXPECT_TRUE(report.claims.empty());
}

TEST(Check, TheRecordOfWhatWasSignedByHandIsToBeComparedWithTheSignedPaper) {
  World world;
  world.leaves.resize(2);
  world.make_credential(*world.issuer, "qualified", "by-hand");
  world.issue(*world.issuer, false);
  Evidence evidence = world.evidence();
  evidence.document.reset();
  const Report report = check(evidence);
  expect(report, Verdict::genuine_and_valid, std::nullopt);
  EXPECT_NE(report.reason.find("compare every line with the signed paper"), std::string::npos);
  EXPECT_FALSE(has(report, Remark::signature_weaker_than_written_form));
}

TEST(Check, TheClaimsAreNotShownBesideAFileThatIsNotTheDocument) {
  Evidence evidence = World().evidence();
  EXPECT_FALSE(check(evidence).claims.empty());
  evidence.document->bytes[0] ^= 1;
  EXPECT_TRUE(check(evidence).claims.empty());
}

TEST(Check, ACredentialOfAnotherReferenceIsRefused) {
  World world;
  Evidence evidence = world.evidence();
  world.make_credential(*world.other);
  evidence.credential = world.credential;
  expect(check(evidence), Verdict::not_this_document, Layer::credential);
}

TEST(Check, TheCredentialIsSignedByTheKeyOfItsEntry) {
  World world;
  world.leaves.resize(2);
  world.make_credential(*world.other);  // the entry vouches for it, but the signer is another
  world.issue(*world.issuer, true);
  expect(check(world.evidence()), Verdict::not_this_document, Layer::credential);
}

TEST(Check, AnEntryOfAnotherNumberIsNotThisReference) {
  Evidence evidence = World().evidence();
  evidence.proof->id.bytes[0] ^= 1;
  expect(check(evidence), Verdict::not_this_document, Layer::entry);
}

}  // namespace
}  // namespace refledger::verify
