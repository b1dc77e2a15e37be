// Patterns take the words they should, in any case and spelling, and nothing across a full stop.
#include "render/letter/pattern.h"

#include <gtest/gtest.h>

#include <chrono>

namespace refledger::letter {
namespace {

// The stretches of `text` that `pattern` finds, parted by a bar.
std::string found(std::string_view pattern, std::string_view text) {
  const Result<Pattern> parsed = Pattern::parse(pattern);
  EXPECT_TRUE(parsed.has_value()) << pattern;
  if (!parsed) return "?";
  const std::vector<Word> words = words_of(text);
  std::string all;
  for (const Span& span : matches_of({*parsed}, words)) {
    const std::size_t begin = words[span.first].begin;
    const Word& last = words[span.first + span.count - 1];
    all += (all.empty() ? "" : "|") +
           std::string(text.substr(begin, last.begin + last.length - begin));
  }
  return all;
}

TEST(Words, AreFoldedAndKnowTheirSentence) {
  const std::vector<Word> words = words_of("Äußerst L'été! 38.5 h.\nE-Mail");
  std::vector<std::string> folded;
  std::vector<std::uint32_t> sentences;
  for (const Word& word : words) {
    folded.push_back(word.folded);
    sentences.push_back(word.sentence);
  }
  EXPECT_EQ(folded,
            (std::vector<std::string>{"äusserst", "l", "été", "38", "5", "h", "e", "mail"}));
  EXPECT_EQ(sentences, (std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1, 2, 2}));
  EXPECT_EQ(words[2].begin, std::string("Äußerst L'").size());
  EXPECT_EQ(words[2].length, std::string("été").size());
}

TEST(Words, OfBytesThatAreNotUtf8ArePartedByThem) {
  EXPECT_EQ(words_of("ab\xff\xfe"
                     "cd")
                .size(),
            2u);
  EXPECT_TRUE(words_of("\xc3").empty());
}

TEST(Pattern, TakesWholeWordsOnly) {
  EXPECT_EQ(found("not", "Not a note, NOT."), "Not|NOT");
  EXPECT_EQ(found("bemüht*", "Sie bemühte sich, war unbemüht und bemüht."), "bemühte|bemüht");
  EXPECT_EQ(found("*urlaub", "Urlaub, Elternurlaub, Urlaubsgeld"), "Urlaub|Elternurlaub");
  EXPECT_EQ(found("*krank*", "erkrankte, Krankheit, Schrank"), "erkrankte|Krankheit");
}

TEST(Pattern, KnowsBothSpellingsAndAnyCase) {
  EXPECT_EQ(found("gross|grosse*", "GROSS, groß, Große"), "GROSS|groß|Große");
  EXPECT_EQ(found("efforcé*", "S’EST EFFORCÉE"), "EFFORCÉE");
  EXPECT_EQ(found("été", "e\xcc\x81te\xcc\x81"), "e\xcc\x81te\xcc\x81");
}

TEST(Pattern, TakesAlternativesGapsNumbersAndWhatMayBeMissing) {
  EXPECT_EQ(found("a|b c", "a c, b c, d c"), "a c|b c");
  EXPECT_EQ(found("war ..2 bemüht", "war bemüht / war stets bemüht / war stets sehr bemüht"),
            "war bemüht|war stets bemüht|war stets sehr bemüht");
  EXPECT_EQ(found("war ..2 bemüht", "war immer noch sehr bemüht"), "");
  EXPECT_EQ(found("note # von? #?", "Note 2 und Note 3 von 6"), "Note 2|Note 3 von 6");
  EXPECT_EQ(found("_ end", "the end"), "the end");
}

TEST(Pattern, StopsAtTheEndOfASentenceButNotAtADecimalPoint) {
  EXPECT_EQ(found("a b", "a. B"), "");
  EXPECT_EQ(found("a b", "a\nb"), "");
  EXPECT_EQ(found("note # #", "Note 1.5"), "Note 1.5");
}

TEST(Pattern, RefusesWhatItCannotMean) {
  for (const char* text :
       {"", " ", "a  b", "|", "a|", "*", "**", "?", "a?", "..3", "..0", "..10", "..x a", "foo.bar",
        "it's", "a b c d e f g h i j k l m n o p q r s t u v w x y", "..9 ..9 ..9 a", "\xff"}) {
    EXPECT_FALSE(Pattern::parse(text).has_value()) << text;
  }
}

// A pattern and a text that make a backtracking matcher take hours.
TEST(Pattern, TakesTimeInProportionToTheText) {
  const Result<Pattern> pattern = Pattern::parse("a? a? a? a? a? a? a? a? ..9 b");
  ASSERT_TRUE(pattern.has_value());
  std::string text;
  for (int n = 0; n < 50000; ++n) text += "a ";
  EXPECT_TRUE(matches_of({*pattern}, words_of(text)).empty());
}

}  // namespace
}  // namespace refledger::letter
