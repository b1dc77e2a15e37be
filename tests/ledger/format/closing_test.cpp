// A closing is read as it was written, and nothing else passes for one.
#include "ledger/format/closing.h"

#include <gtest/gtest.h>

#include "support/example.h"

namespace refledger::format {
namespace {

using test::example;
using test::ExampleSecrets;
using test::kOrigin;

std::string example_text() { return parse_note(example("closing.txt"))->text; }

TEST(Closing, TheExampleIsReadAndSignedAgain) {
  const Result<Closing> closing = parse_closing(example_text());
  ASSERT_TRUE(closing) << closing.error().detail;
  const ExampleSecrets secrets;
  EXPECT_EQ(closing->last, (Checkpoint{kOrigin, {7}, secrets.fixed<TreeHash>("root")}));
  EXPECT_FALSE(closing->key_stolen);
  ASSERT_TRUE(closing->next);
  EXPECT_EQ(closing->next->name, kOrigin + "/epoch-2");
  EXPECT_EQ(closing->next->key, secrets.key("second_log")->public_key());
  EXPECT_EQ(sign_closing(*closing, kOrigin + "/root", *secrets.key("root_key")),
            example("closing.txt"));
}

TEST(Closing, SaysWhyAndWhetherTheLogGoesOn) {
  Closing closing = *parse_closing(example_text());
  closing.key_stolen = true;
  EXPECT_EQ(*parse_closing(format_closing(closing)), closing);
  closing.next.reset();
  EXPECT_EQ(*parse_closing(format_closing(closing)), closing);
  EXPECT_TRUE(format_closing(closing).ends_with("\nkey-stolen\nend\n"));
}

TEST(Closing, ASuccessorIsALaterEpochOfTheSameLogWithALogsKey) {
  Closing closing = *parse_closing(example_text());
  for (const std::string& name : {kOrigin, std::string("else.example/log/epoch-2"),
                                  kOrigin + "/epoch-1", kOrigin + "/root"}) {
    closing.next->name = name;
    EXPECT_EQ(parse_closing(format_closing(closing)).error().fault, Fault::malformed) << name;
  }
  closing.next->name = kOrigin + "/epoch-3";
  EXPECT_TRUE(parse_closing(format_closing(closing)));
  closing.next->type = kNoteCosignature;
  EXPECT_EQ(parse_closing(format_closing(closing)).error().fault, Fault::malformed);
}

TEST(Closing, EveryChangedByteIsRefusedOrReadAsWritten) {
  const std::string text = example_text();
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      const std::string changed = test::flipped(text, at, bit);
      if (const auto closing = parse_closing(changed)) {
        ASSERT_EQ(format_closing(*closing), changed);
      }
    }
  }
}

TEST(Closing, HasSixLinesNoFewerAndNoMore) {
  const std::string text = example_text();
  EXPECT_EQ(parse_closing(text + "more\n").error().fault, Fault::malformed);
  for (std::size_t at = 0; at < text.size(); ++at) {
    EXPECT_EQ(parse_closing(text.substr(0, at)).error().fault, Fault::malformed) << at;
  }
}

TEST(Closings, TheExampleIsReadAndWrittenAgain) {
  const Result<std::vector<std::string>> notes = parse_closings(example("closings.json"));
  ASSERT_TRUE(notes) << notes.error().detail;
  EXPECT_EQ(*notes, std::vector{example("closing.txt")});
  EXPECT_EQ(format_closings(*notes), example("closings.json"));
}

TEST(Closings, AreAListOfWholeNotes) {
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("{}"), std::string("[1]"),
        std::string("[\"\"]"), "[" + example("closings.json") + "]",
        format_closings({example("checkpoint.txt")}), example("closings.json") + "\n",
        format_closings(std::vector<std::string>(300, example("closing.txt")))}) {
    EXPECT_EQ(parse_closings(text).error().fault, Fault::malformed) << text.substr(0, 40);
  }
}

}  // namespace
}  // namespace refledger::format
