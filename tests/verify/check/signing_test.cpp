// Which signature stands for a signature by hand, under which law and since when.
#include "verify/check/signing.h"

#include "report.h"

namespace refledger::verify {
namespace {

bool weaker(const char* law, const char* type, const char* mode, const char* date = "2026-09-30") {
  return is_weaker_than_written({{"governing_law", law},
                                 {"reference_type", type},
                                 {"signing_mode", mode},
                                 {"document_date", date}});
}

TEST(Signing, ACompanySealIsWeakerWhereTheLawWantsASignature) {
  for (const auto& [law, type] :
       std::vector<std::pair<const char*, const char*>>{{"CH", "full_final"},
                                                        {"CH", "full_interim"},
                                                        {"CH", "apprenticeship"},
                                                        {"CH", "confirmation"},
                                                        {"DE", "simple"},
                                                        {"DE", "qualified"},
                                                        {"DE", "interim"},
                                                        {"AT", "simple"},
                                                        {"AT", "interim"},
                                                        {"FR", "simple"}}) {
    EXPECT_TRUE(weaker(law, type, "company-seal")) << law << " " << type;
  }
}

TEST(Signing, AGermanConfirmationMayHaveAnyForm) {
  EXPECT_FALSE(weaker("DE", "confirmation", "company-seal"));
}

TEST(Signing, ASignatureByHandIsTheWrittenForm) {
  for (const char* law : {"CH", "DE", "AT"}) EXPECT_FALSE(weaker(law, "qualified", "by-hand"));
}

TEST(Signing, AQualifiedSignatureStandsForItButInGermanyOnlySince2025) {
  EXPECT_FALSE(weaker("CH", "full_final", "qualified", "2020-01-31"));
  EXPECT_FALSE(weaker("AT", "simple", "qualified", "2020-01-31"));
  EXPECT_TRUE(weaker("DE", "qualified", "qualified", "2024-12-31"));
  EXPECT_FALSE(weaker("DE", "qualified", "qualified", "2025-01-01"));
}

TEST(Signing, WhatIsNotSaidIsNotHeldAgainstIt) {
  EXPECT_FALSE(is_weaker_than_written({}));
  EXPECT_FALSE(weaker("CH", "full_final", ""));
}

TEST(Signing, TheRemarkStandsBesideTheVerdict) {
  World world;
  world.leaves.resize(2);
  world.make_credential(*world.issuer, "full_final", "company-seal");
  world.issue(*world.issuer, true);
  const Report report = check(world.evidence());
  expect(report, Verdict::genuine_and_valid, std::nullopt);
  EXPECT_TRUE(has(report, Remark::signature_weaker_than_written_form));
}

}  // namespace
}  // namespace refledger::verify
