// The checks on whole letters: a good one passes, and each rule is broken once.
#include "render/letter/checks.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/support.h"

namespace refledger::letter {
namespace {

using namespace std::chrono;

const std::filesystem::path kRules = REFLEDGER_RULES;

const Lexicon& lexicon() {
  static const Lexicon loaded = *Lexicon::load(kRules);
  return loaded;
}

const Pack& swiss() {
  static const Packs packs = *Packs::load(kRules);
  return **packs.find("CH", 2026y / October / 2);
}

// A letter as it would be composed, with the facts behind it.
struct Scene {
  Pack pack = swiss();
  Reference reference;
  Letter letter;
  CheckContext context;

  Scene() {
    reference.type = "full_final";
    reference.country = "CH";
    reference.language = "de";
    reference.given_name = "Mara";
    reference.family_name = "Brunner";
    reference.employer = "Nordlicht Instrumente AG";
    reference.employer_place = "Zürich";
    reference.functions.push_back(
        {"Fachfrau Messtechnik", {}, {}, 2022y / March / 1, {}, {"Prüfen der Geräte"}});
    reference.employed_from = 2022y / March / 1;
    reference.employed_to = 2026y / September / 30;
    reference.ratings = {{"quality", 2, ""}, {"conduct_managers", 2, ""}};
    reference.document_date = 2026y / October / 2;
    reference.signing = SigningMode::by_hand;
    reference.signatories = {{"Jonas Keller", "Leiter Personal", ""}};
    letter.language = "de";
    letter.sections = {
        {"opening", {"Mara Brunner war vom 1. März 2022 bis 30. September 2026 bei uns tätig."}},
        {"function", {"Sie arbeitete als Fachfrau Messtechnik:"}},
        {"tasks", {"Prüfen der Geräte", "Lohn- und Gehaltsabrechnung"}, true},
        {"performance", {"Ihre Ergebnisse waren stets von hoher Qualität."}},
        {"conduct",
         {"Gegenüber Vorgesetzten, Team und Kundschaft verhielt sie sich stets korrekt."}}};
    context.signing_day = reference.document_date;
  }
  Section& section(const std::string& id) {
    return *std::find_if(letter.sections.begin(), letter.sections.end(),
                         [&](const Section& one) { return one.id == id; });
  }
  void say(const std::string& id, const std::string& text) { section(id).paragraphs = {text}; }
  DocumentType& type() { return pack.types.at(reference.type); }
  std::vector<Finding> findings() const {
    return check(reference, letter, pack, lexicon(), context);
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> ids;
    for (const Finding& one : findings()) ids.push_back(one.id);
    return ids;
  }
};

using Ids = std::vector<std::string>;

TEST(Checks, AGoodLetterHasNoFindings) { EXPECT_EQ(Scene().ids(), Ids{}); }

TEST(Checks, NameThePlaceInBytesOnCodePointBorders) {
  Scene scene;
  scene.section("performance").paragraphs = {"Frühere Arbeit.", "Sie bemühte sich sehr."};
  const std::vector<Finding> findings = scene.findings();
  ASSERT_EQ(findings.size(), 1u);
  const Finding& one = findings.front();
  EXPECT_EQ(one.id, "coded_effort");
  EXPECT_EQ(one.level, CheckLevel::block);
  EXPECT_EQ(one.section, "performance");
  EXPECT_EQ(scene.section("performance").text().substr(one.begin, one.length), "bemühte");
  EXPECT_EQ(one.excerpt, "bemühte");
  EXPECT_EQ(one.reason.size(), 4u);
  EXPECT_NE(one.source.find("CO 330a"), std::string::npos);
}

TEST(Checks, TellTheSourceOfThePacksCountry) {
  Scene scene;
  scene.say("performance", "Sie war stets bemüht.");
  scene.pack.country = "DE";
  EXPECT_NE(scene.findings().front().source.find("GewO 109"), std::string::npos);
  scene.pack.country = "SE";
  EXPECT_FALSE(scene.findings().front().source.empty());
}

TEST(Checks, LeaveTheJobsOwnWordsAlone) {
  Scene scene;
  scene.section("tasks").paragraphs = {"Betreuung kranker Kinder",
                                       "Verhandlungen mit der Gewerkschaft",
                                       "Lohnbuchhaltung und Bonus", "Mahnungen und Kündigungen"};
  scene.section("function").paragraphs = {"Sie arbeitete als Beauftragte für Schwangerschaft."};
  EXPECT_EQ(scene.ids(), Ids{});
  scene.section("tasks").paragraphs.push_back("AHV-Nummer 756.1234.5678.97");
  EXPECT_EQ(scene.ids(), (Ids{"identifier_number", "identifier_number"}));
}

TEST(Checks, LeaveNamesAlone) {
  Scene scene;
  scene.reference.employer = "Katholische Kirchgemeinde „Sankt Anna“";
  scene.reference.family_name = "Krank";
  scene.say("opening", "Mara Krank war bei der Katholische Kirchgemeinde „Sankt Anna“ tätig.");
  EXPECT_EQ(scene.ids(), Ids{});
  scene.say("opening", "Sie war krank und katholisch.");
  EXPECT_EQ(scene.ids(), (Ids{"unlawful_illness", "unlawful_belief"}));
}

TEST(Checks, HoldEveryFindingAtThePacksLevel) {
  Scene scene;
  scene.say("performance", "Sie war stets bemüht.");
  scene.type().checks["effort_without_result"] = CheckLevel::hint;
  EXPECT_EQ(scene.findings().front().level, CheckLevel::hint);
  scene.type().checks["coded_effort"] = CheckLevel::warn;  // the finding comes before its check
  EXPECT_EQ(scene.findings().front().level, CheckLevel::warn);
  scene.type().checks["coded_effort"] = CheckLevel::off;
  EXPECT_EQ(scene.ids(), Ids{});
}

TEST(Checks, SayWhichGroupIsMissingFromTheConduct) {
  Scene scene;
  scene.say("conduct", "Gegenüber dem Team verhielt sie sich korrekt.");
  EXPECT_EQ(scene.ids(), (Ids{"group_missing_superiors", "group_missing_customers"}));
  scene.say("conduct", "Gegenüber Vorgesetzten und Kunden verhielt sie sich korrekt.");
  EXPECT_EQ(scene.ids(), Ids{"group_missing_colleagues"});
}

TEST(Checks, WantSuperiorsBeforeColleagues) {
  Scene scene;
  scene.say("conduct", "Gegenüber Team, Vorgesetzten und Kundschaft verhielt sie sich korrekt.");
  const std::vector<Finding> findings = scene.findings();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings.front().id, "group_order");
  EXPECT_EQ(findings.front().excerpt, "Team");
}

TEST(Checks, WantTheTenseOfTheType) {
  Scene scene;
  scene.say("performance", "Ihre Ergebnisse sind gut.");
  EXPECT_EQ(scene.ids(), Ids{"tense_present"});
  scene.say("performance", "Ihre Ergebnisse waren gut und sie ist genau.");
  EXPECT_EQ(scene.ids(), Ids{"tense_mixed"});
  scene.type().tense = Tense::present;
  scene.say("performance", "Ihre Ergebnisse sind gut.");
  scene.say("conduct", "Gegenüber Vorgesetzten, Team und Kundschaft ist sie korrekt.");
  EXPECT_EQ(scene.ids(), Ids{});
  scene.say("performance", "Ihre Ergebnisse waren gut.");
  EXPECT_EQ(scene.ids(), Ids{"tense_past"});
}

TEST(Checks, TakeTrivialPraiseIllOnlyForThoseWhoLead) {
  Scene scene;
  scene.say("performance", "Sie war stets pünktlich.");
  EXPECT_EQ(scene.ids(), Ids{});
  scene.reference.functions.front().title = "Abteilungsleiterin Messtechnik";
  EXPECT_EQ(scene.ids(), Ids{"coded_trivial"});
  scene.reference.functions.front().title = "Fachfrau";
  scene.reference.ratings.push_back({"leadership", 2, ""});
  EXPECT_EQ(scene.ids(), Ids{"coded_trivial"});
}

TEST(Checks, WantBothRatedSections) {
  Scene scene;
  scene.letter.sections.pop_back();
  EXPECT_EQ(scene.ids(), Ids{"section_missing"});
  EXPECT_EQ(scene.findings().front().section, "conduct");
}

TEST(Checks, WantEvidenceForLowGrades) {
  Scene scene;
  scene.reference.ratings.front().grade = 3;
  EXPECT_EQ(scene.ids(), Ids{});
  for (const int grade : {4, 5}) {
    scene.reference.ratings.front() = {"quality", grade, " "};
    EXPECT_EQ(scene.ids(), (Ids{"grade_needs_second_approval", "rating_without_evidence"}))
        << grade;
    EXPECT_EQ(scene.findings().back().field, "quality");
    scene.reference.ratings.front().evidence = "Zielvereinbarung 2025";
    EXPECT_EQ(scene.ids(), Ids{"grade_needs_second_approval"}) << grade;
  }
}

TEST(Checks, WantASecondPersonForLowGradesOnceALetter) {
  Scene scene;
  for (Rating& rating : scene.reference.ratings) rating = {rating.criterion, 4, "as observed"};
  EXPECT_EQ(scene.ids(), Ids{"grade_needs_second_approval"});
  scene.type().checks["grade_needs_second_approval"] = CheckLevel::block;
  scene.type().overridable = {"grade_needs_second_approval"};
  const Finding found = scene.findings().front();
  const auto decided = override_finding(found, "agreed with the head of research", "Petra Muster");
  ASSERT_TRUE(decided.has_value());
  EXPECT_TRUE(open_findings({found}, {*decided}).empty());
  EXPECT_TRUE(holds_block({found}));
}

TEST(Checks, RefuseGradesBelowThePacksLowest) {
  Scene scene;
  scene.type().lowest_grade.grade = 1;
  EXPECT_EQ(scene.ids(), (Ids{"grade_not_allowed", "grade_not_allowed"}));
  for (Rating& rating : scene.reference.ratings) rating.grade = 1;
  EXPECT_EQ(scene.ids(), Ids{});
}

TEST(Checks, HoldTheDateToTheSigningDay) {
  Scene scene;
  scene.reference.document_date = 2026y / September / 30;
  EXPECT_EQ(scene.ids(), Ids{"date_not_signing_day"});
  scene.reference.document_date = 2026y / October / 3;
  EXPECT_EQ(scene.ids(), Ids{"date_ahead"});
  scene.context.signing_day.reset();  // a draft is not signed yet
  EXPECT_EQ(scene.ids(), Ids{});
}

TEST(Checks, HoldTheDateToTheLegalEnd) {
  Scene scene;
  scene.type().date.rule = DateRule::legal_end;
  EXPECT_EQ(scene.ids(), Ids{"date_not_legal_end"});
  scene.reference.document_date = 2026y / September / 30;
  EXPECT_EQ(scene.ids(), Ids{});
  scene.context.signing_day = 2026y / September / 1;
  EXPECT_EQ(scene.ids(), Ids{"date_ahead"});
}

TEST(Checks, SayWhenTheSignatureIsNoneInTheLawsSense) {
  Scene scene;
  scene.reference.signing = SigningMode::company_seal;
  EXPECT_EQ(scene.ids(), Ids{"signing_mode_insufficient"});
  for (SigningRule& rule : scene.type().signing) rule.satisfies = Satisfies::with_consent;
  EXPECT_EQ(scene.ids(), Ids{"signing_mode_consent"});
  scene.reference.grounds["signature"] = "Einwilligung vom 1. Oktober";
  EXPECT_EQ(scene.ids(), Ids{});
}

TEST(Checks, HoldEveryFieldToItsRule) {
  for (const Rule rule :
       {Rule::mandatory, Rule::usual, Rule::on_request, Rule::conditional, Rule::forbidden}) {
    Scene scene;
    scene.type().fields["birthdate"].rule = rule;
    EXPECT_EQ(scene.ids(), rule == Rule::mandatory ? Ids{"field_missing"} : Ids{});
    scene.reference.birthdate = 1990y / May / 4;
    const bool needs_ground = rule == Rule::on_request || rule == Rule::conditional;
    EXPECT_EQ(scene.ids(), rule == Rule::forbidden ? Ids{"field_forbidden"}
                           : needs_ground          ? Ids{"field_without_ground"}
                                                   : Ids{});
    scene.reference.grounds["birthdate"] = "auf Wunsch";
    EXPECT_EQ(scene.ids(), rule == Rule::forbidden ? Ids{"field_forbidden"} : Ids{});
  }
}

TEST(Checks, WantTasksForEachFunctionThatNeedsThem) {
  Scene scene;
  scene.reference.functions.push_back({"Leiterin Prüfung", {}, {}, 2024y / March / 1, {}, {}});
  EXPECT_EQ(scene.ids(), Ids{"field_missing"});
  EXPECT_EQ(scene.findings().front().field, "tasks");
}

AbsenceAdvice advice(Mention mention) {
  AbsenceAdvice advice;
  advice.mention = mention;
  return advice;
}

TEST(Checks, HoldTheMentionOfAbsencesToTheAdvice) {
  Scene scene;
  EXPECT_EQ(scene.ids(), Ids{});
  scene.context.absence = advice(Mention::required);
  EXPECT_EQ(scene.ids(), Ids{"absence_required"});
  scene.letter.sections.push_back(
      {"absence", {"Vom 1. Mai 2025 an war sie wegen Krankheit abwesend."}});
  scene.reference.absence_mention = "Vom 1. Mai 2025 an war sie wegen Krankheit abwesend.";
  EXPECT_EQ(scene.ids(), Ids{"absence_without_reason"});
  scene.reference.grounds["absence_mention"] = "Mehr als ein Jahr";
  for (const Mention mention : {Mention::required, Mention::allowed, Mention::ask}) {
    scene.context.absence = advice(mention);
    EXPECT_EQ(scene.ids(), Ids{}) << name_of(mention);
  }
  scene.context.absence = advice(Mention::forbidden);
  EXPECT_EQ(scene.ids(), Ids{"absence_forbidden"});
  scene.context.absence.reset();
  EXPECT_EQ(scene.ids(), Ids{"absence_unweighed"});
}

TEST(Checks, FindAbsencesThatAreSlippedInElsewhere) {
  Scene scene;
  scene.say("performance", "Ihre Leistung war nach der Elternzeit und der Krankheit gut.");
  EXPECT_EQ(scene.ids(), (Ids{"unlawful_family", "unlawful_illness"}));
}

TEST(Checks, NoteALengthOutOfProportion) {
  Scene scene;
  scene.reference.employed_from = 2006y / March / 1;
  EXPECT_EQ(scene.ids(), Ids{"length_short"});
  scene.reference.employed_from = 2026y / March / 1;
  EXPECT_EQ(scene.ids(), Ids{});
  std::string text = "Ihre Arbeit war gut.";
  for (int n = 0; n < 300; ++n) text += " Sehr gut.";
  scene.say("performance", text);
  EXPECT_EQ(scene.ids(), Ids{"length_long"});
  EXPECT_EQ(scene.findings().front().level, CheckLevel::hint);
}

TEST(Checks, TakeNoticeInTheReasonForLeavingAsAHint) {
  Scene scene;
  scene.letter.sections.push_back({"leaving", {"Sie hat das Arbeitsverhältnis gekündigt."}});
  ASSERT_EQ(scene.ids(), Ids{"notice_given"});
  EXPECT_EQ(scene.findings().front().level, CheckLevel::hint);
  scene.letter.sections.back().id = "closing";
  EXPECT_EQ(scene.findings().front().level, CheckLevel::warn);
}

// ---- decisions ----------------------------------------------------------------------------------

Finding finding_of_level(CheckLevel level, bool may_override = false) {
  Finding finding;
  finding.id = "limiting_word";
  finding.level = level;
  finding.may_override = may_override;
  finding.section = "performance";
  finding.excerpt = "meist";
  return finding;
}

TEST(Override, RefusesABlockUnlessThePackAllowsIt) {
  const auto refused = override_finding(finding_of_level(CheckLevel::block), "warum", "A. Muster");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::refused);
  EXPECT_TRUE(override_finding(finding_of_level(CheckLevel::block, true), "warum", "A. Muster"));
  EXPECT_TRUE(override_finding(finding_of_level(CheckLevel::warn), "warum", "A. Muster"));
}

TEST(Override, RefusesADecisionWithoutReasonOrName) {
  const Finding finding = finding_of_level(CheckLevel::warn);
  for (const char* empty : {"", " ", "\xc2\xa0", "\n"}) {
    EXPECT_EQ(override_finding(finding, empty, "A. Muster").error().fault, Fault::malformed);
    EXPECT_EQ(override_finding(finding, "warum", empty).error().fault, Fault::malformed);
  }
  EXPECT_FALSE(override_finding(finding, std::string(501, 'x'), "A. Muster").has_value());
}

TEST(Override, HoldsForTheSameWordsOnly) {
  const Finding finding = finding_of_level(CheckLevel::warn);
  const Override decision = *override_finding(finding, " weil  es so war ", "A. Muster");
  EXPECT_EQ(decision.reason, "weil es so war");
  EXPECT_TRUE(open_findings({finding}, {decision}).empty());
  Finding other = finding;
  other.excerpt = "teilweise";
  EXPECT_EQ(open_findings({finding, other}, {decision}).size(), 1u);
  other = finding;
  other.section = "conduct";
  EXPECT_EQ(open_findings({other}, {decision}).size(), 1u);
}

TEST(Override, OfABlockDoesNotCountOnceThePackForbidsIt) {
  const Override decision =
      *override_finding(finding_of_level(CheckLevel::block, true), "warum", "A. Muster");
  const std::vector<Finding> open =
      open_findings({finding_of_level(CheckLevel::block, false)}, {decision});
  EXPECT_TRUE(holds_block(open));
  EXPECT_FALSE(holds_block(open_findings({finding_of_level(CheckLevel::block, true)}, {decision})));
}

TEST(Override, IsNotNeededForAHint) {
  EXPECT_TRUE(open_findings({finding_of_level(CheckLevel::hint)}, {}).empty());
}

TEST(Override, ComesFromThePack) {
  Scene scene;
  scene.say("performance", "Sie war stets bemüht.");
  EXPECT_FALSE(scene.findings().front().may_override);
  scene.type().overridable = {"effort_without_result"};
  EXPECT_TRUE(scene.findings().front().may_override);
  scene.type().overridable = {"coded_effort"};
  EXPECT_TRUE(scene.findings().front().may_override);
}

}  // namespace
}  // namespace refledger::letter
