// The packs of the repository are read whole; anything that is not as it should be is named.
#include "render/letter/pack.h"

#include <gtest/gtest.h>

#include "ledger/core/json.h"
#include "support/support.h"

namespace refledger::letter {
namespace {

using namespace std::chrono;

const std::filesystem::path kRules = REFLEDGER_RULES;

TEST(Packs, OfTheRepositoryAreReadWhole) {
  const Result<Packs> packs = Packs::load(kRules);
  ASSERT_TRUE(packs.has_value()) << packs.error().detail;
  const Result<const Pack*> swiss = packs->find("CH", 2026y / October / 2);
  ASSERT_TRUE(swiss.has_value());
  EXPECT_EQ((*swiss)->country, "CH");
  const Result<const DocumentType*> full = (*swiss)->type("full_final");
  ASSERT_TRUE(full.has_value());
  EXPECT_EQ((*full)->field("tasks").rule, Rule::mandatory);
  EXPECT_EQ((*full)->signing_rule(SigningMode::qualified).satisfies, Satisfies::yes);
}

}  // namespace
}  // namespace refledger::letter
