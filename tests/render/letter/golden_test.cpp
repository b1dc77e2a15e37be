// Each pack, type and language, whole, as its file in tests/vectors/letter says it.
//
// After a change of wording: REFLEDGER_WRITE_GOLDEN=1 build/tests/render_letter_tests, then read
// the difference with an editor's eye.
#include <gtest/gtest.h>

#include <fstream>

#include "render/letter/letter.h"
#include "support/references.h"

namespace refledger::letter {
namespace {

// Everything a reader sees of a letter.
std::string all_of(const Letter& letter) {
  std::string all = letter.text() + "\n\n" + letter.place_and_date + "\n" + letter.employer + "\n";
  for (const Signature& signature : letter.signatures) {
    all += signature.name + "\n";
    for (const std::string& line : signature.lines) all += line + "\n";
  }
  return all + "\n" + letter.mode_caption + "\n\n" + letter.qr_caption + "\n" +
         letter.typed_caption + "\n" + letter.address_label + " | " + letter.id_label + " | " +
         letter.secret_label + "\n[" + letter.qr_alternative + "] " + letter.language + " " +
         letter.locale + "\n";
}

void expect_golden(const Reference& reference, const std::string& name) {
  const Result<Letter> letter = compose(reference, test::packs());
  ASSERT_TRUE(letter.has_value()) << name << ": " << letter.error().detail;
  if (std::getenv("REFLEDGER_WRITE_GOLDEN") != nullptr) {
    std::ofstream(std::string(REFLEDGER_VECTORS) + "/letter/" + name) << all_of(*letter);
    return;
  }
  EXPECT_EQ(all_of(*letter), test::vector_file("letter/" + name)) << name;
}

const char* name_of(Salutation salutation) {
  return salutation == Salutation::female ? "female"
         : salutation == Salutation::male ? "male"
                                          : "neutral";
}

TEST(GoldenLetter, OfEachPackTypeAndLanguageReadsAsItsFile) {
  const Packs packs = test::packs();
  for (const char* country : {"CH", "DE", "AT", "FR", "IT", "NL", "GB"}) {
    const Pack& pack = **packs.find(
        country, Date{std::chrono::year(2026), std::chrono::September, std::chrono::day(30)});
    for (const auto& [id, type] : pack.types) {
      for (const char* language : {"de", "fr", "it", "en"}) {
        expect_golden(test::reference_of(pack, type, language),
                      std::string(country) + "-" + id + "-" + language + ".txt");
      }
    }
  }
}

TEST(GoldenLetter, OfEachSalutationReadsAsItsFile) {
  const Packs packs = test::packs();
  const Pack& pack = **packs.find(
      "CH", Date{std::chrono::year(2026), std::chrono::September, std::chrono::day(30)});
  for (const char* id : {"full_final", "full_interim"}) {
    for (const char* language : {"de", "fr", "it", "en"}) {
      for (const Salutation salutation : {Salutation::male, Salutation::neutral}) {
        expect_golden(
            test::reference_of(pack, **pack.type(id), language, salutation),
            std::string("CH-") + id + "-" + language + "-" + name_of(salutation) + ".txt");
      }
    }
  }
}

// With text of the issuer's own at the head, about the employer and before the date.
TEST(GoldenLetter, WithTheIssuersOwnTextReadsAsItsFile) {
  const Packs packs = test::packs();
  const Date on{std::chrono::year(2026), std::chrono::September, std::chrono::day(30)};
  for (const auto& [country, id] :
       {std::pair{"CH", "full_final"}, std::pair{"CH", "full_interim"},
        std::pair{"CH", "apprenticeship"}, std::pair{"DE", "qualified"}}) {
    const Pack& pack = **packs.find(country, on);
    const DocumentType& type = **pack.type(id);
    for (const char* language : {"de", "fr", "it", "en"}) {
      expect_golden(test::with_own_text(test::reference_of(pack, type, language), type),
                    std::string("own-") + country + "-" + id + "-" + language + ".txt");
    }
  }
}

// What each grade says of each criterion, side by side: the easiest way to judge the wording.
TEST(GoldenLetter, OfEachGradeReadsAsItsFile) {
  const Packs packs = test::packs();
  const Pack& pack = **packs.find(
      "CH", Date{std::chrono::year(2026), std::chrono::September, std::chrono::day(30)});
  for (const char* id : {"full_final", "full_interim"}) {
    for (const char* language : {"de", "fr", "it", "en"}) {
      std::string all;
      for (const Salutation salutation :
           {Salutation::female, Salutation::male, Salutation::neutral}) {
        for (int grade = 1; grade <= 5; ++grade) {
          Reference reference = test::reference_of(pack, **pack.type(id), language, salutation);
          for (Rating& rating : reference.ratings) rating.grade = grade;
          const Result<Letter> letter = compose(reference, packs);
          ASSERT_TRUE(letter.has_value()) << letter.error().detail;
          for (const Section& section : letter->sections) {
            if (section.id == "performance" || section.id == "conduct") {
              all += section.text() + "\n";
            }
          }
          all += "\n";
        }
      }
      const std::string name = std::string("letter/grades-") + id + "-" + language + ".txt";
      if (std::getenv("REFLEDGER_WRITE_GOLDEN") != nullptr) {
        std::ofstream(std::string(REFLEDGER_VECTORS) + "/" + name) << all;
        continue;
      }
      EXPECT_EQ(all, test::vector_file(name)) << name;
    }
  }
}

}  // namespace
}  // namespace refledger::letter
