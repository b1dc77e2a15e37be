// The letter says what tests/vectors/letter says, in both languages and under both laws.
#include "render/letter/letter.h"

#include <gtest/gtest.h>

#include "support/support.h"

namespace refledger::letter {
namespace {

using namespace std::chrono;

Facts facts() {
  Facts facts;
  facts.given_name = "Mara";
  facts.family_name = "Brunner";
  facts.gender = "female";
  facts.employer = "Nordlicht Instrumente AG";
  facts.employer_place = "Zürich";
  facts.position = "Projektleiterin Messtechnik";
  facts.department = "Entwicklung";
  facts.employed_from = 2019y / March / 1;
  facts.employed_to = 2026y / September / 30;
  facts.workload = "80 %";
  facts.governing_law = "CH";
  facts.language = "de";
  facts.document_date = 2026y / October / 2;
  facts.signatory = "Jonas Keller, Leiter Personal";
  return facts;
}

// Everything a reader sees of a letter, as the golden files hold it.
std::string all_of(const Letter& letter) {
  return letter.text() + "\n\n" + letter.place_and_date + "\n" + letter.employer + "\n" +
         (letter.signatures.empty() ? "" : letter.signatures[0].name) + "\n" + letter.mode_caption +
         "\n\n" + letter.qr_caption + "\n" + letter.typed_caption + "\n" + letter.address_label +
         " | " + letter.id_label + " | " + letter.secret_label + "\n[" + letter.qr_alternative +
         "] " + letter.language + " " + letter.locale + "\n";
}

struct Golden {
  const char* language;
  const char* law;
  const char* gender;
};

class GoldenLetter : public testing::TestWithParam<Golden> {};

TEST_P(GoldenLetter, ReadsAsItsFile) {
  const Golden& golden = GetParam();
  Facts given = facts();
  given.language = golden.language;
  given.governing_law = golden.law;
  given.gender = golden.gender;
  const Result<Letter> letter = confirmation_of_employment(given);
  ASSERT_TRUE(letter.has_value()) << letter.error().detail;
  EXPECT_EQ(all_of(*letter), test::vector_file(std::string("letter/") + golden.language + "-" +
                                               golden.law + "-" + golden.gender + ".txt"));
}

INSTANTIATE_TEST_SUITE_P(EveryLanguageLawAndAddress, GoldenLetter,
                         testing::Values(Golden{"de", "CH", "female"}, Golden{"de", "CH", "male"},
                                         Golden{"de", "CH", "neutral"},
                                         Golden{"de", "DE", "female"}, Golden{"de", "DE", "male"},
                                         Golden{"de", "DE", "neutral"},
                                         Golden{"en", "CH", "female"}, Golden{"en", "CH", "male"},
                                         Golden{"en", "CH", "neutral"},
                                         Golden{"en", "DE", "female"}, Golden{"en", "DE", "male"},
                                         Golden{"en", "DE", "neutral"}));

std::string text_of(const Facts& given) {
  const Result<Letter> letter = confirmation_of_employment(given);
  return letter ? letter->text() : "refused: " + letter.error().detail;
}

TEST(Letter, LeavesOutWhatIsNotKnown) {
  Facts given = facts();
  given.department.reset();
  given.workload = " ";
  EXPECT_NE(text_of(given).find("Frau Brunner war zuletzt tätig als Projektleiterin "
                                "Messtechnik.\n"),
            std::string::npos);
}

TEST(Letter, NamesHoursInTheLanguagesOwnNumbers) {
  Facts given = facts();
  given.workload = "38.5 h";
  EXPECT_NE(text_of(given).find("Wochenarbeitszeit betrug zuletzt 38,5 Stunden."),
            std::string::npos);
  given.language = "en";
  EXPECT_NE(text_of(given).find("most recently 38.5 hours a week."), std::string::npos);
}

TEST(Letter, RepeatsAWorkloadItCannotRead) {
  Facts given = facts();
  given.workload = "Vollzeit";
  EXPECT_NE(text_of(given).find("Das Arbeitspensum zuletzt: Vollzeit."), std::string::npos);
}

TEST(Letter, SetsTheArticleOnlyWhereTheLegalFormSettlesIt) {
  Facts given = facts();
  EXPECT_NE(text_of(given).find("bei der Nordlicht Instrumente AG in"), std::string::npos);
  given.employer = "Technische Betriebe Flussau";
  EXPECT_NE(text_of(given).find("bei Technische Betriebe Flussau in"), std::string::npos);
}

TEST(Letter, DoesNotSayDepartmentTwice) {
  Facts given = facts();
  given.department = "Abteilung Einkauf";
  EXPECT_NE(text_of(given).find("Messtechnik, Abteilung Einkauf."), std::string::npos);
  given.language = "en";
  given.department = "Purchasing Department";
  EXPECT_NE(text_of(given).find("Messtechnik, Purchasing Department."), std::string::npos);
}

TEST(Letter, HasNoSharpSUnderSwissLaw) {
  EXPECT_EQ(all_of(*confirmation_of_employment(facts())).find("ß"), std::string::npos);
}

TEST(Letter, KeepsNamesOfEveryEuropeanScript) {
  Facts given = facts();
  given.given_name = "Юлія";
  given.family_name = "Παπαδοπούλου";
  EXPECT_NE(text_of(given).find("Frau Юлія Παπαδοπούλου vom"), std::string::npos);
}

TEST(Letter, WritesDecomposedNamesComposed) {
  Facts given = facts();
  given.family_name = "Mu\xCC\x88ller";
  EXPECT_NE(text_of(given).find("Frau Mara M\xC3\xBCller vom"), std::string::npos);
}

TEST(Letter, NamesASingleDay) {
  Facts given = facts();
  given.employed_to = given.employed_from;
  EXPECT_NE(text_of(given).find("Brunner am 1. März 2019 bei"), std::string::npos);
  given.language = "en";
  EXPECT_NE(text_of(given).find("in Zürich on 1 March 2019."), std::string::npos);
}

TEST(Letter, WritesEveryMonth) {
  const char* german[] = {"Januar", "Februar", "März",      "April",   "Mai",      "Juni",
                          "Juli",   "August",  "September", "Oktober", "November", "Dezember"};
  for (unsigned month = 1; month <= 12; ++month) {
    Facts given = facts();
    given.document_date = 2026y / std::chrono::month(month) / 5;
    EXPECT_EQ(confirmation_of_employment(given)->place_and_date,
              std::string("Zürich, 5. ") + german[month - 1] + " 2026");
  }
}

Error refusal(const Facts& given) {
  const Result<Letter> letter = confirmation_of_employment(given);
  return letter ? Error{Fault::storage, "accepted"} : letter.error();
}

TEST(Letter, RefusesLawsAndLanguagesItHasNoWordingFor) {
  Facts given = facts();
  given.governing_law = "AT";
  EXPECT_EQ(refusal(given).fault, Fault::refused);
  given = facts();
  given.language = "fr";
  EXPECT_EQ(refusal(given).fault, Fault::refused);
}

TEST(Letter, RefusesDatesThatCannotBe) {
  Facts given = facts();
  given.employed_to = 2019y / February / 28;
  EXPECT_EQ(refusal(given), (Error{Fault::malformed, "employed_to: before employed_from"}));
  given = facts();
  given.employed_from = 2019y / February / 30;
  EXPECT_EQ(refusal(given), (Error{Fault::malformed, "employed_from: no such date"}));
  given = facts();
  given.document_date = Date{};
  EXPECT_EQ(refusal(given), (Error{Fault::malformed, "document_date: no such date"}));
}

TEST(Letter, RefusesEmptyFieldsByTheirName) {
  Facts given = facts();
  given.family_name = "  ";
  EXPECT_EQ(refusal(given), (Error{Fault::malformed, "family_name: empty"}));
  given = facts();
  given.position = "";
  EXPECT_EQ(refusal(given), (Error{Fault::malformed, "position: empty"}));
  given = facts();
  given.employer_place = "";
  EXPECT_EQ(refusal(given), (Error{Fault::malformed, "employer_place: empty"}));
}

TEST(Letter, NeverRepeatsAPersonsDataInAnError) {
  Facts given = facts();
  given.given_name = "Ma\x01ra";
  EXPECT_EQ(refusal(given).detail.find("Ma"), std::string::npos);
}

}  // namespace
}  // namespace refledger::letter
