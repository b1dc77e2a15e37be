// Each published attack on a signed PDF, tried on a file of ours, is refused.
#include "attacks.h"

namespace refledger::verify {
namespace {

class EveryAttack : public testing::TestWithParam<Attack> {};

TEST_P(EveryAttack, IsRefused) {
  ASSERT_NE(GetParam().file, original());
  EXPECT_NE(verdict(GetParam().file), "whole");
}

INSTANTIATE_TEST_SUITE_P(Pdf, EveryAttack, testing::ValuesIn(attacks()),
                         [](const auto& attack) { return attack.param.name; });

// The maker of the shadows makes sound files: what stops them is what is hidden, nothing else.
TEST(Attacks, AFilePutTogetherAnewIsWholeIfNothingIsHidden) {
  EXPECT_EQ(verdict(signed_anew(prepared_objects(), key())), "whole");
}

TEST(Attacks, WhatIsAddedIsNamedAnAddition) {
  for (const Attack& attack : saved_on_top()) EXPECT_EQ(verdict(attack.file), "extended");
}

// Another authority's certificate for the same name: the signature holds, and whose it is the
// caller sees; the ledger does not know the file.
TEST(Attacks, ASignerOfTheSameNameHasAnotherCertificate) {
  const seal::DemonstrationCa other =
      *seal::make_demonstration_ca("Nordlicht Instrumente AG", now());
  const std::string file =
      signed_anew(prepared_objects(), *seal::DocumentKey::from_pem(other.key_pem, other.chain_pem));
  const Result<PdfFindings> theirs = inspect_pdf(bytes_of(file));
  const Result<PdfFindings> ours = inspect_pdf(bytes_of(original()));
  ASSERT_TRUE(theirs);
  EXPECT_EQ(theirs->signer, ours->signer);
  EXPECT_NE(theirs->signer_certificate, ours->signer_certificate);
  EXPECT_NE(sha256(bytes_of(file)), sha256(bytes_of(original())));
}

}  // namespace
}  // namespace refledger::verify
