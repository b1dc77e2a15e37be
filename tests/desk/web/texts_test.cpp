// Texts and templates: complete in four languages, and everything from outside stays text.
#include "desk/web/texts.h"

#include <gtest/gtest.h>

#include <set>

#include "desk/web/templates.h"

namespace refledger::site {
namespace {

std::set<std::string> blanks_of(const std::string& text) {
  std::set<std::string> blanks;
  for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    blanks.insert(text.substr(at, text.find('}', at) - at));
  }
  return blanks;
}

struct TextsTest : testing::Test {
  Texts texts{all_files()};
  Templates templates{all_files(), texts};
};

TEST_F(TextsTest, AreTheSameInFourLanguages) {
  const auto& german = texts.all(Language::de);
  EXPECT_GT(german.size(), 50u);
  for (const Language language : http::kLanguages) {
    const auto& all = texts.all(language);
    for (const auto& [key, text] : german) {
      const auto found = all.find(key);
      ASSERT_NE(found, all.end()) << key << " in " << http::code_of(language);
      EXPECT_FALSE(found->second.empty()) << key;
      EXPECT_EQ(blanks_of(found->second), blanks_of(text)) << key;
    }
    EXPECT_EQ(all.size(), german.size()) << http::code_of(language);
  }
}

TEST_F(TextsTest, AreThereForEveryTemplate) {
  for (const std::string& key : templates.text_keys()) {
    EXPECT_TRUE(texts.all(Language::en).contains(key)) << key;
  }
}

TEST_F(TextsTest, AreSetIntoEveryTemplate) {
  for (const std::string& name : templates.names()) {
    EXPECT_FALSE(templates.render(Language::fr, name, Json::object()).empty()) << name;
  }
}

TEST_F(TextsTest, FillTheirBlanks) {
  const Texts made(std::vector<File>{{"texts/a.en.json", R"({"k":"from {a} to {b}, {c}"})"}});
  EXPECT_EQ(made.get(Language::en, "a.k", {{"a", "{b}"}, {"b", "2"}}), "from {b} to 2, {c}");
  EXPECT_EQ(made.get(Language::en, "a.none"), "a.none");
}

TEST(Templates, EscapeWhatComesFromOutsideAlsoInTexts) {
  const std::vector<File> files{{"texts/a.en.json", R"({"k":"<{name}> & more"})"},
                                {"templates/p.html", "{{t.a.k}}|{{name}}|<i title=\"{{name}}\">"}};
  const Texts texts(files);
  const Templates templates(files, texts);
  const std::string made =
      templates.render(Language::en, "p", {{"name", "\"><svg onload='x'>{{t.a.k}}"}});
  const std::string name = "&quot;&gt;&lt;svg onload=&#39;x&#39;&gt;{{t.a.k}}";
  EXPECT_EQ(made, "&lt;" + name + "&gt; &amp; more|" + name + "|<i title=\"" + name + "\">");
}

TEST(Shown, WritesDatesAsEachLanguageDoes) {
  const Date day = *parse_date("2026-09-30", "day");
  EXPECT_EQ(shown(day, Language::de), "30.09.2026");
  EXPECT_EQ(shown(day, Language::en), "30 Sep 2026");
  EXPECT_EQ(shown(day, Language::fr), "30/09/2026");
  EXPECT_EQ(
      shown(*parse_time("2026-09-30T22:30:00.000Z", "t"), Language::de, std::chrono::minutes{120}),
      "01.10.2026, 00:30");
}

}  // namespace
}  // namespace refledger::site
