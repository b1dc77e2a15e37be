// The worked example of docs/format, and each byte of it changed.
#include "report.h"

namespace refledger::verify {
namespace {

Evidence example_evidence() {
  Evidence evidence;
  evidence.credential = *credential::parse_sd_jwt(test::example("reference.sd-jwt"));
  evidence.proof = *format::parse_proof_file(test::example("example.refproof"));
  evidence.document = sha256_as<DocumentHash>(bytes_of(test::example("document.pdf.txt")));
  evidence.trust = *format::parse_trust(test::example("trust.txt"));
  evidence.now = *parse_time("2026-10-31T12:00:00.000Z", "now");
  return evidence;
}

TEST(Check, TheWorkedExampleIsGenuineAndValid) {
  const Report report = check(example_evidence());
  expect(report, Verdict::genuine_and_valid, std::nullopt);
  EXPECT_EQ(report.iss, kIss);
  EXPECT_EQ(report.issuer_name, "Muster AG");
  EXPECT_EQ(report.claims.at("given_name"), "Zoë");
  EXPECT_EQ(format_time(*report.status_as_of), "2026-10-31T00:00:00.000Z");
  EXPECT_EQ(report.remarks, (std::vector<Remark>{Remark::no_independent_witness,
                                                 Remark::signature_weaker_than_written_form}));
}

TEST(Check, TheWorkedExampleADayLaterCannotBeCheckedForWithdrawal) {
  Evidence evidence = example_evidence();
  evidence.now = *parse_time("2026-11-01T00:00:00.000Z", "now");
  const Report report = check(evidence);
  expect(report, Verdict::cannot_check_now, Layer::status);
  EXPECT_TRUE(has(report, Remark::withdrawal_last_checked));
  EXPECT_EQ(report.claims.at("given_name"), "Zoë");
  ASSERT_TRUE(report.status_as_of);
}

// No byte of the proof may change.  (Every third is tried here; the parsers' own tests try all.)
TEST(Check, NoChangedByteOfTheProofIsGenuine) {
  const Evidence good = example_evidence();
  const auto refuse_each = [&](auto part) {
    Evidence evidence = good;
    const std::string whole = part(*evidence.proof);
    for (std::size_t at = 0; at < whole.size(); at += 3) {
      part(*evidence.proof) = test::flipped(whole, at, 1);
      const Verdict verdict = check(evidence).verdict;
      ASSERT_NE(verdict, Verdict::genuine_and_valid) << at;
      ASSERT_NE(verdict, Verdict::genuine_no_longer_valid) << at;
    }
  };
  using File = format::ProofFile;
  refuse_each([](File& file) -> std::string& { return file.issued.entry; });
  refuse_each([](File& file) -> std::string& { return file.issued.receipt; });
  refuse_each([](File& file) -> std::string& { return file.keys[0].entry; });
  refuse_each([](File& file) -> std::string& { return file.keys[1].receipt; });
  refuse_each([](File& file) -> std::string& { return file.status; });
}

TEST(Check, NoChangedByteOfTheCredentialIsGenuine) {
  const Evidence good = example_evidence();
  Evidence evidence = good;
  for (std::size_t at = 0; at < good.credential->jwt.size(); at += 5) {
    evidence.credential->jwt = test::flipped(good.credential->jwt, at);
    const Report report = check(evidence);
    ASSERT_EQ(report.verdict, Verdict::not_this_document);
    ASSERT_EQ(report.failed, Layer::credential);
    ASSERT_TRUE(report.claims.empty());
  }
  evidence = good;
  for (std::size_t i = 0; i < good.credential->disclosures.size(); ++i) {
    evidence.credential->disclosures[i] = test::flipped(good.credential->disclosures[i], 9);
    expect(check(evidence), Verdict::not_this_document, Layer::disclosure);
    evidence.credential->disclosures[i] = good.credential->disclosures[i];
  }
}

}  // namespace
}  // namespace refledger::verify
