// Remarks, words, and what no reason may hold.
#include "report.h"

namespace refledger::verify {
namespace {

TEST(Check, RemarksStandBesideAnyVerdict) {
  World world;
  Evidence evidence = world.evidence();
  EXPECT_TRUE(has(check(evidence), Remark::no_independent_witness));
  EXPECT_FALSE(has(check(evidence), Remark::issuer_not_confirmed));
  evidence.trust.issuers[0].kid = thumbprint(world.other->public_key());
  EXPECT_TRUE(has(check(evidence), Remark::issuer_not_confirmed));
  evidence.trust.issuers = {{"https://other.example", thumbprint(world.issuer->public_key())}};
  EXPECT_TRUE(has(check(evidence), Remark::issuer_not_confirmed));
  evidence.trust_from_the_same_server = true;
  evidence.document->bytes[0] ^= 1;
  const Report report = check(evidence);
  expect(report, Verdict::not_this_document, Layer::document);
  EXPECT_TRUE(has(report, Remark::trust_from_the_same_server));
  EXPECT_TRUE(has(report, Remark::issuer_not_confirmed));
}

TEST(Check, EveryVerdictHasItsWordsAndExitCode) {
  const std::vector<std::tuple<Verdict, std::string, int>> all{
      {Verdict::genuine_and_valid, "genuine and valid", 0},
      {Verdict::genuine_no_longer_valid, "genuine but no longer valid", 4},
      {Verdict::not_this_document, "not this document", 1},
      {Verdict::unknown, "unknown", 1},
      {Verdict::cannot_check_now, "cannot check now", 3}};
  for (const auto& [verdict, words, code] : all) {
    EXPECT_EQ(words_for(verdict), words);
    EXPECT_EQ(exit_code(verdict), code);
  }
  EXPECT_STREQ(name_of(Layer::disclosure), "disclosure");
  EXPECT_STREQ(words_for(Remark::issuer_not_confirmed), "issuer's identity not confirmed");
  EXPECT_STREQ(words_for(Remark::sources_disagree),
               "the sources disagree; in doubt the reference counts as withdrawn");
}

// A reason is shown and logged: it may name a layer, never a person.
TEST(Check, NoReasonHoldsWhatTheCredentialSays) {
  const World world;
  Evidence evidence = world.evidence();
  std::vector<Report> reports{check(evidence)};
  evidence.credential->disclosures.pop_back();
  reports.push_back(check(evidence));
  evidence.credential->jwt += "x";
  reports.push_back(check(evidence));
  for (const Report& report : reports) {
    for (const char* value : {"Zoë", "Leiterin", "Muster"}) {
      EXPECT_EQ(report.reason.find(value), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace refledger::verify
