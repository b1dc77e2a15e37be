// The packs of the repository are read whole; anything that is not as it should be is named.
#include "render/letter/pack.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>

#include "ledger/core/json.h"
#include "support/support.h"

namespace refledger::letter {
namespace {

using namespace std::chrono;

const std::filesystem::path kRules = REFLEDGER_RULES;

std::string rules_file(const std::string& name) {
  std::ifstream file(kRules / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Json swiss() { return *parse_json(rules_file("CH.json"), 1 << 20, "CH.json"); }

TEST(Packs, OfTheRepositoryAreReadWhole) {
  const Result<Packs> packs = Packs::load(kRules);
  ASSERT_TRUE(packs.has_value()) << packs.error().detail;
  const std::map<std::string, std::vector<std::string>> expected{
      {"CH", {"full_final", "full_interim", "confirmation", "apprenticeship"}},
      {"DE", {"simple", "qualified", "interim", "confirmation"}},
      {"AT", {"simple", "interim"}},
      {"FR", {"simple"}},
      {"IT", {"simple"}},
      {"NL", {"simple"}},
      {"GB", {"simple"}}};
  for (const auto& [country, types] : expected) {
    const Result<const Pack*> pack = packs->find(country, 2026y / October / 2);
    ASSERT_TRUE(pack.has_value()) << country;
    EXPECT_EQ((*pack)->types.size(), types.size()) << country;
    for (const std::string& type : types) {
      EXPECT_TRUE((*pack)->type(type).has_value()) << country << " " << type;
    }
  }
}

TEST(Packs, NameNobodyWhoHasNotReadThem) {
  const Packs packs = *Packs::load(kRules);
  for (const Pack& pack : packs.all()) EXPECT_EQ(pack.reviewed_by, "");
}

TEST(Packs, GiveNoSourceForReadThatWasNot) {
  const Packs packs = *Packs::load(kRules);
  for (const Pack& pack : packs.all()) {
    for (const auto& [id, source] : pack.sources) {
      EXPECT_TRUE(source.to_be_checked || !source.read.empty()) << pack.country << " " << id;
    }
  }
}

TEST(Packs, AnswerWithTheNewestThatIsValidOnTheDocumentsDay) {
  const Packs packs = *Packs::load(kRules);
  const auto electronic = [&](Date day) {
    return (*(*packs.find("DE", day))->type("qualified"))
        ->signing_rule(SigningMode::qualified)
        .satisfies;
  };
  EXPECT_EQ(electronic(2024y / December / 31), Satisfies::no);
  EXPECT_EQ(electronic(2025y / January / 1), Satisfies::with_consent);
  EXPECT_EQ(packs.find("DE", 2002y / December / 31).error().fault, Fault::not_found);
  EXPECT_EQ(packs.find("XX", 2026y / January / 1).error().fault, Fault::not_found);
}

// A change that makes the pack wrong, and what the error says.
struct Wrong {
  const char* what;
  std::function<void(Json&)> change;
  const char* error;
};

class WrongPack : public testing::TestWithParam<Wrong> {};

TEST_P(WrongPack, IsRefusedWithItsPlace) {
  Json json = swiss();
  GetParam().change(json);
  const Result<Pack> pack = parse_pack(json.dump(), "CH.json");
  ASSERT_FALSE(pack.has_value());
  EXPECT_EQ(pack.error(), (Error{Fault::malformed, std::string("CH.json: ") + GetParam().error}));
}

Json& final_type(Json& json) { return json["types"]["full_final"]; }

INSTANTIATE_TEST_SUITE_P(
    EachKind, WrongPack,
    testing::Values(
        Wrong{"UnknownKey", [](Json& json) { json["note"] = "x"; }, "note: unknown key"},
        Wrong{"UnknownKeyInType", [](Json& json) { final_type(json)["color"] = 1; },
              "types.full_final.color: unknown key"},
        Wrong{"NoSources", [](Json& json) { json.erase("sources"); }, "sources: missing"},
        Wrong{"UnknownField",
              [](Json& json) {
                final_type(json)["fields"]["salary"] = {{"rule", "usual"}};
              },
              "types.full_final.fields.salary: unknown field"},
        Wrong{"FieldLeftOut", [](Json& json) { final_type(json)["fields"].erase("tasks"); },
              "types.full_final.fields.tasks: missing"},
        Wrong{"RuleWithoutSource",
              [](Json& json) { final_type(json)["fields"]["tasks"].erase("source"); },
              "types.full_final.fields.tasks.source: missing"},
        Wrong{"SourceThatIsNone",
              [](Json& json) { final_type(json)["fields"]["tasks"]["source"] = "hearsay"; },
              "types.full_final.fields.tasks.source: not one of the sources"},
        Wrong{"UnknownRule",
              [](Json& json) { final_type(json)["fields"]["tasks"]["rule"] = "must"; },
              "types.full_final.fields.tasks.rule: none of mandatory, usual, on_request, "
              "conditional, forbidden"},
        Wrong{"LanguageLeftOut", [](Json& json) { final_type(json)["titles"].erase("it"); },
              "types.full_final.titles.it: missing"},
        Wrong{"EmptyTitle", [](Json& json) { final_type(json)["titles"]["it"] = ""; },
              "types.full_final.titles.it: empty"},
        Wrong{"ModeLeftOut", [](Json& json) { final_type(json)["signing"].erase(2); },
              "types.full_final.signing: by-hand must stand here once"},
        Wrong{"UnknownSection",
              [](Json& json) { final_type(json)["sections"].push_back("praise"); },
              "types.full_final.sections[11]: unknown section"},
        Wrong{"SectionTwice", [](Json& json) { final_type(json)["sections"].push_back("opening"); },
              "types.full_final.sections[11]: named twice"},
        Wrong{"UnknownLevel", [](Json& json) { final_type(json)["checks"]["grade"] = "maybe"; },
              "types.full_final.checks.grade: none of block, warn, hint, off"},
        Wrong{"NoSuchDay", [](Json& json) { json["valid_from"] = "2025-02-30"; },
              "valid_from: a date is expected, as in 2025-01-31"},
        Wrong{"CountryInWords", [](Json& json) { json["country"] = "Schweiz"; },
              "country: two capital letters expected"},
        Wrong{"SourceNeitherReadNorToBeChecked",
              [](Json& json) { json["sources"]["practice"]["to_be_checked"] = false; },
              "sources.practice: neither read nor to be checked"},
        Wrong{"ListForObject", [](Json& json) { json["types"] = Json::array({1}); },
              "types: an object is expected"},
        Wrong{"NumberOutOfRange", [](Json& json) { final_type(json)["lowest_grade"]["grade"] = 6; },
              "types.full_final.lowest_grade.grade: a whole number from 1 to 5 is expected"}),
    [](const testing::TestParamInfo<Wrong>& each) { return each.param.what; });

TEST(Packs, RefuseWhatIsNotJson) {
  EXPECT_EQ(parse_pack("{", "CH.json").error().fault, Fault::malformed);
  EXPECT_EQ(parse_pack("{\"country\":\"CH\",\"country\":\"DE\"}", "CH.json").error().fault,
            Fault::malformed);
}

class RulesFolder : public testing::Test {
 protected:
  RulesFolder() { std::filesystem::copy(kRules, folder_.path()); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
  }
  test::TemporaryFolder folder_;
};

TEST_F(RulesFolder, CountsAsItStandsOnDiskWhenItIsLoaded) {
  const auto rule = [&] {
    const Result<Packs> packs = Packs::load(folder_.path());
    return (*(*packs->find("CH", 2026y / October / 2))->type("full_final"))
        ->field("birthdate")
        .rule;
  };
  EXPECT_EQ(rule(), Rule::usual);
  Json changed = swiss();
  final_type(changed)["fields"]["birthdate"]["rule"] = "on_request";
  write("CH.json", changed.dump());
  EXPECT_EQ(rule(), Rule::on_request);
}

TEST_F(RulesFolder, NamesTheFileThatIsWrong) {
  write("AT.json", "{}");
  EXPECT_EQ(Packs::load(folder_.path()).error(),
            (Error{Fault::malformed, "AT.json: country: missing"}));
}

TEST_F(RulesFolder, RefusesTwoFilesForTheSameDay) {
  write("CH-again.json", rules_file("CH.json"));
  EXPECT_EQ(Packs::load(folder_.path()).error(),
            (Error{Fault::malformed, "CH.json: valid_from: another file has this day"}));
}

TEST(Packs, SayWhenTheFolderIsMissingOrEmpty) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(Packs::load(folder.path()).error().fault, Fault::not_found);
  EXPECT_EQ(Packs::load(folder.path() / "none").error().fault, Fault::storage);
}

}  // namespace
}  // namespace refledger::letter
