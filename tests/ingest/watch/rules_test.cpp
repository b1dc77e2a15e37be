// What happens by itself, from the widest layer of settings to the narrowest.
#include "ingest/watch/rules.h"

#include <gtest/gtest.h>

namespace refledger::ingest {
namespace {

using namespace std::chrono_literals;

TEST(AutomaticRules, IssueNothingByThemselves) {
  const AutomaticRule rule = AutomaticRules().of("CH", "confirmation");
  EXPECT_EQ(rule.mode, AutomaticMode::draft);
  EXPECT_EQ(rule.hold, 24h);
  EXPECT_EQ(rule.days_ahead, 30u);
  EXPECT_FALSE(rule.fixed_term_ends);
}

TEST(AutomaticRules, TheNarrowerLayerCountsAndLeavesTheRest) {
  AutomaticRules rules;
  rules.set("", "", {AutomaticMode::off, 10, 48h, {}});
  rules.set("CH", "", {AutomaticMode::draft, {}, {}, true});
  rules.set("CH", "confirmation", {AutomaticMode::issue, 0, {}, {}});
  EXPECT_EQ(rules.of("FR", "confirmation"), (AutomaticRule{AutomaticMode::off, 10, 48h, false}));
  EXPECT_EQ(rules.of("CH", "full_final"), (AutomaticRule{AutomaticMode::draft, 10, 48h, true}));
  EXPECT_EQ(rules.of("CH", "confirmation"), (AutomaticRule{AutomaticMode::issue, 0, 48h, true}));
}

TEST(AutomaticRules, BeforeTheTypeIsKnownTheBusiestOfTheCountryOpensTheCase) {
  AutomaticRules rules;
  rules.set("CH", "", {AutomaticMode::off, 0, {}, {}});
  EXPECT_EQ(rules.of_any("CH").mode, AutomaticMode::off);
  rules.set("CH", "full_final", {AutomaticMode::draft, 60, {}, true});
  EXPECT_EQ(rules.of_any("CH").mode, AutomaticMode::draft);
  EXPECT_EQ(rules.of_any("CH").days_ahead, 60u);
  EXPECT_FALSE(rules.of_any("CH").fixed_term_ends);
  EXPECT_EQ(rules.of_any("DE").days_ahead, 30u);
}

TEST(AutomaticMode, IsReadAsItIsWritten) {
  for (const auto mode : {AutomaticMode::off, AutomaticMode::draft, AutomaticMode::issue}) {
    EXPECT_EQ(mode_named(name_of(mode)), mode);
  }
  EXPECT_FALSE(mode_named("always"));
}

}  // namespace
}  // namespace refledger::ingest
