// Every pattern of the lexicons finds what it is for, and leaves good sentences alone.
#include "render/letter/lexicon.h"

#include <gtest/gtest.h>

#include <sstream>

#include "ledger/core/file.h"
#include "render/letter/checks.h"
#include "support/support.h"

namespace refledger::letter {
namespace {

using namespace std::chrono;

const std::filesystem::path kRules = REFLEDGER_RULES;

struct Sentence {
  std::string finding;  // or "good"
  std::string text;
};

std::vector<Sentence> sentences_in(const std::string& language) {
  std::istringstream lines(test::vector_file("checks/" + language + ".txt"));
  std::vector<Sentence> sentences;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t colon = line.find(": ");
    if (line.empty() || line.front() == '#') continue;
    sentences.push_back({line.substr(0, colon), line.substr(colon + 2)});
  }
  return sentences;
}

// The findings about words and signs in a sentence of the performance section of somebody senior.
std::vector<Finding> findings_in(const std::string& text, const std::string& language,
                                 const Pack& pack, const Lexicon& lexicon) {
  Reference reference;
  reference.type = "full_final";
  reference.country = "CH";
  reference.employed_from = 2019y / March / 1;
  reference.employed_to = 2026y / September / 30;
  reference.document_date = 2026y / September / 30;
  reference.functions.push_back(
      {"Head, Leiterin, Cheffe, Direttrice", {}, {}, 2019y / March / 1, {}, {"x"}});
  Letter letter;
  letter.language = language;
  letter.sections.push_back({"performance", {text}, false});
  std::vector<Finding> about_words;
  for (Finding& one : check(reference, letter, pack, lexicon)) {
    if (!one.section.empty() && one.length > 0 && one.id.rfind("tense", 0) != 0) {
      about_words.push_back(std::move(one));
    }
  }
  return about_words;
}

class LexiconOf : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    Result<Lexicon> lexicon = Lexicon::load(kRules);
    ASSERT_TRUE(lexicon.has_value()) << lexicon.error().detail;
    lexicon_ = std::move(*lexicon);
    Result<Packs> packs = Packs::load(kRules);
    ASSERT_TRUE(packs.has_value()) << packs.error().detail;
    packs_ = std::move(*packs);
  }
  std::vector<Finding> find(const std::string& text) const {
    const auto pack = packs_.find("CH", 2026y / September / 30);
    return findings_in(text, GetParam(), **pack, lexicon_);
  }
  Lexicon lexicon_;
  Packs packs_;
};

TEST_P(LexiconOf, FindsWhatItIsFor) {
  for (const Sentence& sentence : sentences_in(GetParam())) {
    if (sentence.finding == "good") continue;
    bool found = false;
    for (const Finding& one : find(sentence.text)) {
      found = found || one.id == sentence.finding;
      EXPECT_EQ(sentence.text.substr(one.begin, one.length), one.excerpt);
    }
    EXPECT_TRUE(found) << sentence.finding << ": " << sentence.text;
  }
}

TEST_P(LexiconOf, LeavesGoodSentencesAlone) {
  for (const Sentence& sentence : sentences_in(GetParam())) {
    if (sentence.finding != "good") continue;
    for (const Finding& one : find(sentence.text)) {
      ADD_FAILURE() << one.id << " \"" << one.excerpt << "\": " << sentence.text;
    }
  }
}

// Each single pattern, so that none is dead or mistyped.
TEST_P(LexiconOf, HasNoPatternThatNoSentenceShows) {
  const Language* language = lexicon_.find(GetParam());
  ASSERT_NE(language, nullptr);
  const std::vector<Sentence> sentences = sentences_in(GetParam());
  for (const auto& [finding, words] : language->words) {
    for (std::size_t n = 0; n < words.patterns.size(); ++n) {
      bool shown = false;
      for (const Sentence& sentence : sentences) {
        shown = shown || (sentence.finding == finding &&
                          !matches_of({words.patterns[n]}, words_of(sentence.text)).empty());
      }
      EXPECT_TRUE(shown) << finding << ", pattern " << n + 1;
    }
  }
}

TEST_P(LexiconOf, KnowsTheSameFindingsAsGerman) {
  for (const auto& [finding, words] : lexicon_.find("de")->words) {
    EXPECT_EQ(lexicon_.find(GetParam())->words.count(finding), 1u) << finding;
  }
}

INSTANTIATE_TEST_SUITE_P(EachLanguage, LexiconOf, testing::Values("de", "fr", "it", "en"));

// ---- strict reading -----------------------------------------------------------------------------

std::string findings_file() {
  return std::string(text_of(*read_file(kRules / "findings.json", 1 << 20)));
}

std::string lexicon_with(const std::string& findings) {
  return R"({"v":1,"language":"de","groups":{"superiors":["a"],"colleagues":["b"],"customers":["c"]},)"
         R"("senior":["a"],"strong":["a"],"present":["a"],"past":["a"],"findings":)" +
         findings + "}";
}

TEST(Lexicon, IsReadWholeOrNotAtAll) {
  EXPECT_TRUE(Lexicon::from_json(findings_file(), {{"de", lexicon_with("{}")}}).has_value());
  for (const char* findings :
       {R"({"no_such_finding":{"patterns":["a"]}})", R"({"salary":{}})",
        R"({"salary":{"patterns":[]}})", R"({"salary":{"patterns":["a"],"also":1}})",
        R"({"salary":{"patterns":["a  b"]}})", R"({"salary":{"patterns":[1]}})",
        R"({"salary":{"patterns":["a"],"only_senior":"yes"}})"}) {
    const auto lexicon = Lexicon::from_json(findings_file(), {{"de", lexicon_with(findings)}});
    ASSERT_FALSE(lexicon.has_value()) << findings;
    EXPECT_EQ(lexicon.error().detail.rfind("lexicon-de.json: ", 0), 0u) << lexicon.error().detail;
  }
  EXPECT_FALSE(Lexicon::from_json(findings_file(), {{"fr", lexicon_with("{}")}}).has_value());
}

TEST(Lexicon, WantsEveryFindingWithAReasonInFourLanguagesAndASource) {
  EXPECT_FALSE(Lexicon::from_json(R"({"v":1,"findings":{}})", {}).has_value());
  for (const char* part : {"\"de\": ", "\"*\": ", "\"check\": \"salary\"", "\"salary\": {"}) {
    std::string broken = findings_file();
    const std::size_t at = broken.rfind(part);
    ASSERT_NE(at, std::string::npos);
    broken.replace(at + 1, 1, "x");
    EXPECT_FALSE(Lexicon::from_json(broken, {}).has_value()) << part;
  }
}

TEST(Lexicon, SaysWhereAFileIsMissing) { EXPECT_FALSE(Lexicon::load("/nonexistent").has_value()); }

}  // namespace
}  // namespace refledger::letter
