// What happens by itself: each line of the settings, and each mistake in one.
#include "tools/refledger/automatic_settings.h"

#include <gtest/gtest.h>

namespace refledger::tools {
namespace {

using namespace std::chrono_literals;
using ingest::AutomaticMode;
using ingest::AutomaticRule;

TEST(AutomaticSettings, AreReadFromTheWidestLayerToTheNarrowest) {
  const auto read = parse_automatic({{"automatic", "off"},
                                     {"automatic.days_ahead", "14"},
                                     {"automatic.look_back_days", "90"},
                                     {"automatic.CH", "draft"},
                                     {"automatic.CH.fixed_term", "take"},
                                     {"automatic.CH.confirmation", "issue"},
                                     {"automatic.CH.confirmation.hold_hours", "48"}});
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->look_back_days, 90u);
  EXPECT_EQ(read->rules.of("FR", "simple"), (AutomaticRule{AutomaticMode::off, 14, 24h, false}));
  EXPECT_EQ(read->rules.of("CH", "full_final"),
            (AutomaticRule{AutomaticMode::draft, 14, 24h, true}));
  EXPECT_EQ(read->rules.of("CH", "confirmation"),
            (AutomaticRule{AutomaticMode::issue, 14, 48h, true}));
}

TEST(AutomaticSettings, NothingIsIssuedByItselfUnlessTheyRead) {
  EXPECT_EQ(parse_automatic({})->rules.of("CH", "confirmation").mode, AutomaticMode::draft);
}

TEST(AutomaticSettings, NameEachMistake) {
  for (const auto& [key, value] :
       std::map<std::string, std::string>{{"automatic", "yes"},
                                          {"automatic.ch", "issue"},
                                          {"automatic.CHE", "issue"},
                                          {"automatic.CH.confirmaton", "issue"},
                                          {"automatic.confirmation", "issue"},
                                          {"automatic.CH.CH", "issue"},
                                          {"automatic.CH.days_ahead.more", "1"},
                                          {"automatic.CH.days_ahead", "-1"},
                                          {"automatic.days_ahead", "soon"},
                                          {"automatic.days_ahead", "99999"},
                                          {"automatic.CH.hold_hours", "1.5"},
                                          {"automatic.fixed_term", "issue"},
                                          {"automatic.look_back_days", ""}}) {
    const auto read = parse_automatic({{key, value}});
    ASSERT_FALSE(read) << key << " = " << value;
    EXPECT_EQ(read.error().fault, Fault::malformed);
    EXPECT_EQ(read.error().detail.rfind(key, 0), 0u) << read.error().detail;
  }
}

}  // namespace
}  // namespace refledger::tools
