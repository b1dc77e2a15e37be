// The command line: options, flags, words, and what is neither.
#include "tools/refledger/arguments.h"

#include <sstream>

#include "support/support.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/tables.h"

namespace refledger::tools {
namespace {

Result<Arguments> parse(const std::vector<std::string>& given) {
  return parse_arguments(given, {"--config"}, {"--json"}, 1);
}

TEST(Arguments, TakesValuesFlagsAndWordsInAnyOrder) {
  const Result<Arguments> parsed = parse({"--json", "file.pdf", "--config", "a.conf"});
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->has("--json"));
  EXPECT_EQ(parsed->value("--config"), "a.conf");
  EXPECT_EQ(parsed->value("--other", "default"), "default");
  EXPECT_EQ(parsed->words, std::vector<std::string>{"file.pdf"});
}

TEST(Arguments, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(parse({"--jsn"}).error().detail, "unknown option --jsn");
  EXPECT_EQ(parse({"--config"}).error().detail, "--config needs a value");
  EXPECT_EQ(parse({"a", "b"}).error().detail, "one word too many: b");
}

TEST(Commands, EachExplainsItself) {
  ASSERT_FALSE(commands().empty());
  for (const Command& command : commands()) {
    const std::string help = command.help;
    EXPECT_TRUE(help.starts_with(std::string("refledger ") + command.name)) << help;
    EXPECT_NE(help.find("Exit:"), std::string::npos) << command.name;
    EXPECT_EQ(command.run({"--no-such-option"}), kExitWrongUse) << command.name;
  }
}

TEST(Tables, SayWhatAnEmptyListMeans) {
  EXPECT_NE(cases_table(Json::array()).find("Nobody has left yet"), std::string::npos);
}

TEST(Tables, NameWhoCannotBeReadAndNothingElse) {
  EXPECT_EQ(reading_table({{"unusable", Json::array()}, {"not_delivered", Json::array()}}), "");
  const std::string table =
      reading_table({{"unusable", {"4711: hire_date: not a date"}}, {"not_delivered", {"gender"}}});
  EXPECT_NE(table.find("4711: hire_date"), std::string::npos);
  EXPECT_NE(table.find("gender"), std::string::npos);
}

TEST(Tables, AlignNamesOutsideAscii) {
  const Json cases = {{{"employed_to", "2026-09-30"}, {"name", "Zoë"}, {"stage", "open"}},
                      {{"employed_to", "2026-10-31"}, {"name", "Anna"}, {"stage", "open"}}};
  std::istringstream lines(cases_table(cases));
  std::string head, first, second;
  std::getline(lines, head);
  std::getline(lines, first);
  std::getline(lines, second);
  EXPECT_EQ(first.find("open") - 1, second.find("open"));  // ë is two bytes, one column
}

}  // namespace
}  // namespace refledger::tools
