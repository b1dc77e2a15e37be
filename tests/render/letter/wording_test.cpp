// The wording files: what a sentence may hold, and that a wrong file is named by its place.
#include "render/letter/wording.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>

#include "ledger/core/json.h"
#include "render/letter/letter.h"
#include "support/references.h"

namespace refledger::letter {
namespace {

std::string rendered(const char* text, Voice voice = {}, const std::vector<Join>& joins = {}) {
  const Result<Template> parsed = Template::parse(text);
  if (!parsed) return "! " + parsed.error().detail;
  return parsed->render(voice, {{"name", "Alex"}, {"day", "8"}}, joins, {{"ß", "ss"}});
}

TEST(Template, ChoosesByTenseSalutationAndFirstMention) {
  const char* text = "(<Frau|Herr|{name}>|<sie|er|{name}>) [war|ist] da";
  EXPECT_EQ(rendered(text, {Salutation::female, Tense::past, true}), "Frau war da");
  EXPECT_EQ(rendered(text, {Salutation::male, Tense::present, false}), "er ist da");
  EXPECT_EQ(rendered(text, {Salutation::neutral, Tense::past, false}), "Alex war da");
  EXPECT_EQ(rendered("<sie oder er|niemand>", {Salutation::male, Tense::past, true}),
            "sie oder er");
}

TEST(Template, ReplacesInWordsAndNeverInValues) {
  EXPECT_EQ(rendered("große Straße"), "grosse Strasse");
  const Result<Template> parsed = Template::parse("{name} Straße");
  EXPECT_EQ(parsed->render({}, {{"name", "Weiß"}}, {}, {{"ß", "ss"}}), "Weiß Strasse");
}

TEST(Template, RunsWordsTogether) {
  const std::vector<Join> joins{{"de ", {"A"}, "d’", 0}, {"dal ", {"8"}, "dall’", 0}};
  EXPECT_EQ(rendered("de {name}", {}, joins), "d’Alex");
  EXPECT_EQ(rendered("avide {name}", {}, joins), "avide Alex");
  EXPECT_EQ(rendered("dal {day}", {}, joins), "dall’8");
}

TEST(Template, TakesABackslashedBracketAsText) { EXPECT_EQ(rendered("\\(a\\|b\\)"), "(a|b)"); }

TEST(Template, RefusesBracketsThatDoNotMatch) {
  EXPECT_EQ(rendered("[a|b"), "! a choice does not close");
  EXPECT_EQ(rendered("a]"), "! a bracket closes that never opened");
  EXPECT_EQ(rendered("[a|b)"), "! a choice does not close");
  EXPECT_EQ(rendered("{name"), "! a slot does not close");
  EXPECT_EQ(rendered("[a]"), "! a choice has too few or too many ways");
  EXPECT_EQ(rendered("[a|b|c]"), "! a choice has too few or too many ways");
  EXPECT_EQ(rendered("<a|b|c|d>"), "! a choice has too few or too many ways");
  EXPECT_EQ(rendered(std::string(100, '[').c_str()), "! choices in choices, too deep");
}

Json german() {
  std::ifstream file(std::string(REFLEDGER_RULES) + "/wording-de.json", std::ios::binary);
  return Json::parse(file);
}

struct Wrong {
  const char* what;
  std::function<void(Json&)> change;
  const char* error;
};

class WrongWording : public testing::TestWithParam<Wrong> {};

TEST_P(WrongWording, IsRefusedWithItsPlace) {
  Json json = german();
  GetParam().change(json);
  const Result<Wording> wording = Wording::parse(json.dump(), "wording-de.json");
  ASSERT_FALSE(wording.has_value());
  EXPECT_EQ(wording.error().detail, std::string("wording-de.json: ") + GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    EachKind, WrongWording,
    testing::Values(
        Wrong{"SentenceLeftOut", [](Json& json) { json["sentences"].erase("thanks"); },
              "sentences.thanks: missing"},
        Wrong{"UnknownSentence", [](Json& json) { json["sentences"]["joke"] = "x"; },
              "sentences.joke: unknown key"},
        Wrong{"UnknownSlot", [](Json& json) { json["sentences"]["thanks"] = "{salary}"; },
              "sentences.thanks: unknown slot salary"},
        Wrong{"SlotOfAnotherSentence", [](Json& json) { json["sentences"]["tasks"] = "{place}"; },
              "sentences.tasks: unknown slot place"},
        Wrong{"OpenChoice", [](Json& json) { json["sentences"]["thanks"] = "[war"; },
              "sentences.thanks: a choice does not close"},
        Wrong{"FourGrades", [](Json& json) { json["ratings"]["quality"].erase(4); },
              "ratings.quality: five sentences are expected"},
        Wrong{"ElevenMonths", [](Json& json) { json["months"]["*"].erase(0); },
              "months.*: twelve months are expected"},
        Wrong{"NoDefaultLocale", [](Json& json) { json["locales"].erase("*"); },
              "locales.*: missing"},
        Wrong{"NoPhraseForEveryName", [](Json& json) { json["departments"].erase(3); },
              "departments: the last entry must hold for every name"},
        Wrong{"UnknownMention", [](Json& json) { json["mentions"]["nick"] = "x"; },
              "mentions.nick: unknown key"},
        Wrong{"UnknownKey", [](Json& json) { json["font"] = "x"; }, "font: unknown key"}),
    [](const testing::TestParamInfo<Wrong>& each) { return each.param.what; });

// "A pack that a lawyer changes needs no rebuild", and neither does a sentence.
TEST(Wording, CountsAsItStandsOnDiskWhenItIsLoaded) {
  const test::TemporaryFolder folder;
  std::filesystem::copy(REFLEDGER_RULES, folder.path());
  Json changed = german();
  changed["sentences"]["records"] = "So steht es in unseren Akten.";
  std::ofstream(folder.path() / "wording-de.json") << changed.dump();
  const Result<Packs> packs = Packs::load(folder.path());
  ASSERT_TRUE(packs.has_value()) << packs.error().detail;
  const Pack& pack = **packs->find(
      "CH", Date{std::chrono::year(2026), std::chrono::September, std::chrono::day(30)});
  const Result<Letter> letter =
      compose(test::reference_of(pack, **pack.type("confirmation"), "de"), *packs);
  EXPECT_NE(letter->text().find("So steht es in unseren Akten."), std::string::npos);
}

TEST(Wording, MustKnowEveryCriterionOfThePacks) {
  const test::TemporaryFolder folder;
  std::filesystem::copy(REFLEDGER_RULES, folder.path());
  Json changed = german();
  changed["ratings"].erase("resilience");
  std::ofstream(folder.path() / "wording-de.json") << changed.dump();
  EXPECT_EQ(Packs::load(folder.path()).error(),
            (Error{Fault::malformed, "wording-de.json: ratings: none for AT interim resilience"}));
}

TEST(Wording, OfEachLanguageMustBeThere) {
  const test::TemporaryFolder folder;
  std::filesystem::copy(REFLEDGER_RULES, folder.path());
  std::filesystem::remove(folder.path() / "wording-it.json");
  EXPECT_EQ(Packs::load(folder.path()).error(),
            (Error{Fault::not_found, "rules: wording-it.json is missing"}));
}

}  // namespace
}  // namespace refledger::letter
