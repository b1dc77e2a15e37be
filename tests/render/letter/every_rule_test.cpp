// No rule of any pack goes untried: those on fields, criteria and grades in requirements_test.cpp,
// those on dates and signatures here, each kept and broken, for each type as its file has it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "ledger/core/json.h"
#include "render/letter/checks.h"
#include "support/references.h"

namespace refledger::letter {
namespace {

using namespace std::chrono;

template <class Act>
void for_every_type(Act act) {
  const Packs packs = test::packs();
  for (const Pack& pack : packs.all()) {
    for (const auto& [id, type] : pack.types) {
      SCOPED_TRACE(pack.country + " " + format_date(pack.valid_from) + " " + id);
      act(packs, pack, type);
    }
  }
}

/// What the checks say of dates and signatures, of a document signed on `signing_day`.
std::set<std::string> findings(const Reference& reference, const Pack& pack, Date signing_day) {
  static const Lexicon lexicon = *Lexicon::load(REFLEDGER_RULES);
  Letter letter;
  letter.language = reference.language;
  std::set<std::string> found;
  for (const Finding& one : check(reference, letter, pack, lexicon, {signing_day, std::nullopt})) {
    if (one.id.starts_with("date_") || one.id.starts_with("signing_mode")) found.insert(one.id);
  }
  return found;
}

using Found = std::set<std::string>;

constexpr Date last_day = 2026y / September / 30;
constexpr Date two_days_later = 2026y / October / 2;

TEST(EveryRule, OnTheDateHoldsAndStops) {
  for_every_type([](const Packs&, const Pack& pack, const DocumentType& type) {
    Reference reference = test::reference_of(pack, type, "de");
    const bool by_end = type.date.rule == DateRule::legal_end;
    // Whatever the law says of the date, an employment that lasts has no end to bear.
    const bool bears_end = by_end && reference.employed_to.has_value();
    reference.document_date = last_day;
    EXPECT_EQ(findings(reference, pack, two_days_later),
              bears_end ? Found{} : Found{"date_not_signing_day"});
    reference.document_date = two_days_later;
    EXPECT_EQ(findings(reference, pack, two_days_later),
              bears_end ? Found{"date_not_legal_end"} : Found{});
    EXPECT_EQ(findings(reference, pack, last_day), Found{"date_ahead"});
  });
}

Found expected(Satisfies satisfies, bool with_consent) {
  if (satisfies == Satisfies::no) return {"signing_mode_insufficient"};
  if (satisfies == Satisfies::with_consent && !with_consent) return {"signing_mode_consent"};
  return {};
}

TEST(EveryRule, OnTheSignatureHoldsAndStops) {
  for_every_type([](const Packs&, const Pack& pack, const DocumentType& type) {
    for (const SigningMode mode :
         {SigningMode::company_seal, SigningMode::qualified, SigningMode::by_hand}) {
      for (const bool consent : {false, true}) {
        SCOPED_TRACE(name_of(mode));
        Reference reference = test::reference_of(pack, type, "de");
        reference.signing = mode;
        reference.grounds.erase("signature");
        if (consent) reference.grounds["signature"] = "agreed on 1 September 2026";
        reference.document_date = last_day;
        EXPECT_EQ(findings(reference, pack, last_day),
                  expected(type.signing_rule(mode).satisfies, consent));
      }
    }
    const bool some_mode_will_do =
        std::any_of(type.signing.begin(), type.signing.end(),
                    [](const SigningRule& rule) { return rule.satisfies != Satisfies::no; });
    EXPECT_TRUE(some_mode_will_do);
  });
}

bool has_source(const Json& json) {
  if (json.is_object() && json.contains("source")) return true;
  return json.is_structured() && std::any_of(json.begin(), json.end(), has_source);
}

// Every rule of a pack names its source, so whatever names one is a rule: "fields", "date", ...
void add_kinds(const Json& type, std::set<std::string>& kinds) {
  for (const auto& [name, value] : type.items()) {
    if (has_source(value)) kinds.insert(name);
  }
}

// A rule of a kind that is not listed here has no test.  Which documents may go out by themselves
// is tried in tests/desk/case; how long files are kept is shown to HR and decides nothing here.
TEST(EveryRule, IsOfAKindThatIsTried) {
  const std::set<std::string> tried{"criteria", "date",    "fields",   "lowest_grade",
                                    "signing",  "trigger", "retention"};
  std::set<std::string> kinds;
  std::size_t packs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(REFLEDGER_RULES)) {
    if (!std::isupper(static_cast<unsigned char>(entry.path().filename().string().front()))) {
      continue;
    }
    ++packs;
    std::ifstream file(entry.path());
    const Json pack = Json::parse(file);
    for (const auto& [id, type] : pack.at("types").items()) add_kinds(type, kinds);
  }
  EXPECT_EQ(packs, test::packs().all().size());
  EXPECT_EQ(kinds, tried);
}

}  // namespace
}  // namespace refledger::letter
