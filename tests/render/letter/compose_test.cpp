// What holds for every letter: each type, language and salutation of every pack.
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "render/letter/letter.h"
#include "render/letter/text.h"
#include "support/references.h"

namespace refledger::letter {
namespace {

using namespace std::chrono;

const char* name_of(Salutation salutation) {
  return salutation == Salutation::female ? "female"
         : salutation == Salutation::male ? "male"
                                          : "neutral";
}

class EveryLetter : public testing::TestWithParam<std::string> {
 protected:
  // `act(reference, type, letter)` for each type of every pack in the language, each salutation,
  // and each grade that the type allows.
  template <class Act>
  void for_each(Act act) const {
    const Packs packs = test::packs();
    for (const Pack& pack : packs.all()) {
      for (const auto& [id, type] : pack.types) {
        for (const Salutation salutation :
             {Salutation::female, Salutation::male, Salutation::neutral}) {
          for (int grade = 1; grade <= (type.criteria.empty() ? 1 : type.lowest_grade.grade);
               ++grade) {
            Reference reference = test::reference_of(pack, type, GetParam(), salutation);
            if (pack.valid_from == Date{2003y / January / 1}) {
              reference.document_date = 2024y / December / 31;
            }
            for (Rating& rating : reference.ratings) rating.grade = grade;
            const Result<Letter> letter = compose(reference, packs);
            SCOPED_TRACE(pack.country + " " + id + " " + name_of(salutation) + " grade " +
                         std::to_string(grade));
            ASSERT_TRUE(letter.has_value()) << letter.error().detail;
            act(reference, type, *letter);
          }
        }
      }
    }
  }
};

std::string whole(const Letter& letter) {
  return letter.text() + "\n" + letter.place_and_date + "\n" + letter.mode_caption + "\n" +
         letter.qr_caption + "\n" + letter.typed_caption;
}

// The code stands on every document alike: a mark on some would say more than the text.
TEST_P(EveryLetter, SaysTheSameBesideTheCode) {
  std::map<std::string, std::set<std::string>> said;  // by spelling
  for_each([&](const Reference&, const DocumentType&, const Letter& letter) {
    said[letter.locale].insert(letter.qr_caption + letter.typed_caption + letter.address_label +
                               letter.id_label + letter.secret_label + letter.qr_alternative);
  });
  ASSERT_FALSE(said.empty());
  for (const auto& [locale, words] : said) EXPECT_EQ(words.size(), 1u) << locale;
}

TEST_P(EveryLetter, IsSetCleanly) {
  for_each([](const Reference&, const DocumentType&, const Letter& letter) {
    const std::string text = whole(letter);
    for (const char* slip : {"  ", " \n", "\n ", " .", " ,", "..", ",,", ",.", "{", "}", "[", "]",
                             "<", ">", "|", "'", "\""}) {
      EXPECT_EQ(text.find(slip), std::string::npos) << "“" << slip << "” in: " << text;
    }
    for (const Section& section : letter.sections) {
      EXPECT_FALSE(section.paragraphs.empty()) << section.id;
      for (const std::string& paragraph : section.paragraphs) {
        ASSERT_FALSE(paragraph.empty()) << section.id;
        if (section.list) continue;
        EXPECT_EQ(paragraph, capitalised(paragraph));
        EXPECT_TRUE(paragraph.ends_with(".") || paragraph.ends_with(":")) << paragraph;
      }
    }
  });
}

TEST_P(EveryLetter, SaysWhatItMust) {
  for_each([](const Reference& reference, const DocumentType&, const Letter& letter) {
    const std::string text = whole(letter);
    std::vector<std::string> values{reference.given_name, reference.family_name, reference.employer,
                                    reference.employer_place, "2019"};
    if (reference.employed_to) values.push_back("30. September 2026");
    for (const Function& function : reference.functions) {
      values.push_back(function.title);
      for (const std::string& task : function.tasks) values.push_back(task.substr(0, 8));
    }
    for (const std::string& value : values) {
      if (value == "30. September 2026" && reference.language != "de") continue;
      EXPECT_NE(without_fine_blanks(text).find(value), std::string::npos) << value;
    }
  });
}

TEST_P(EveryLetter, NeverPrintsAGradeOrItsEvidence) {
  for_each([](const Reference&, const DocumentType&, const Letter& letter) {
    for (const Section& section : letter.sections) {
      if (section.id != "performance" && section.id != "conduct") continue;
      EXPECT_EQ(section.text().find_first_of("0123456789"), std::string::npos) << section.text();
      EXPECT_EQ(section.text().find("as observed"), std::string::npos);
    }
  });
}

TEST_P(EveryLetter, SaysEachGradeInWordsOfItsOwn) {
  const Packs packs = test::packs();
  const Pack& pack = **packs.find("CH", 2026y / September / 30);
  const DocumentType& type = **pack.type("full_final");
  for (const auto& [criterion, rule] : type.criteria) {
    std::set<std::string> sentences;
    for (int grade = 1; grade <= 5; ++grade) {
      Reference reference = test::reference_of(pack, type, GetParam());
      for (Rating& rating : reference.ratings) {
        if (rating.criterion == criterion) rating.grade = grade;
      }
      sentences.insert(compose(reference, packs)->text());
    }
    EXPECT_EQ(sentences.size(), 5u) << criterion;
  }
}

// Words of the other sex, and for neutral of either.
TEST_P(EveryLetter, NeverMixesWordsOfOneSexWithTheOther) {
  const std::map<std::string, std::pair<const char*, const char*>> words{
      {"de",
       {R"(Frau |\b(sie|ihr|ihre|ihren|ihrem|ihrer) )",
        R"(Herrn? |\b(er|ihm|sein|seine|seinen|seinem|seiner) )"}},
      {"fr", {R"(Madame |\b([Ee]lle|née) )", R"(Monsieur |\b([Ii]l|né) )"}},
      {"it", {R"(signora |\bnata )", R"(signor |\bnato )"}},
      {"en", {R"(Ms |\b([Ss]he|[Hh]er) )", R"(Mr |\b([Hh]e|[Hh]is|him) )"}}};
  const std::regex female(words.at(GetParam()).first);
  const std::regex male(words.at(GetParam()).second);
  for_each([&](const Reference& reference, const DocumentType&, const Letter& letter) {
    for (const Section& section : letter.sections) {
      if (section.list || section.id == "scope" || section.id == "employer") continue;
      for (const std::string& paragraph : section.paragraphs) {
        // "setzte sie um": the ideas, not the person.
        std::string text =
            std::regex_replace(paragraph, std::regex("und (setzte|setzt) (sie|es) "), "und ");
        const bool allowed_female = reference.salutation == Salutation::female;
        const bool allowed_male = reference.salutation == Salutation::male;
        EXPECT_TRUE(allowed_female || !std::regex_search(text, female)) << text;
        EXPECT_TRUE(allowed_male || !std::regex_search(text, male)) << text;
      }
    }
  });
}

TEST_P(EveryLetter, SpeaksOfTheEmploymentInItsTense) {
  const std::map<std::string, std::pair<const char*, const char*>> words{
      {"de",
       {R"(\b(ist|sind|wird|werden(?! m)|verhält|arbeitet|setzt) )", R"(\b(war|waren|wurde) )"}},
      {"fr", {R"(\b(est|sont|travaille|exerce|donnent) )", R"(\b(a été|ont été|étaient) )"}},
      {"it", {R"(\b(è|sono|svolge|possiede) )", R"(\b(è stato|è sempre stato|erano) )"}},
      {"en", {R"(\b(is|are|works|has) )", R"(\b(was|were|worked) )"}}};
  const std::regex present(words.at(GetParam()).first);
  const std::regex past(words.at(GetParam()).second);
  for_each([&](const Reference&, const DocumentType& type, const Letter& letter) {
    for (const Section& section : letter.sections) {
      if (section.id != "performance" && section.id != "conduct") continue;
      std::string text = section.text();
      if (GetParam() == "it") {  // the perfect of Italian has "è" and "sono" in it
        text = std::regex_replace(text,
                                  std::regex("(è|sono)( sempre)?( ripetutamente)? "
                                             "(stat[oaie]|servito|necessaria)"),
                                  type.tense == Tense::past ? "" : "$&");
      }
      const std::regex& wrong = type.tense == Tense::past ? present : past;
      EXPECT_FALSE(std::regex_search(text, wrong)) << text;
    }
  });
}

TEST_P(EveryLetter, NamesItsSignatureTruthfully) {
  const Packs packs = test::packs();
  const Pack& pack = **packs.find("CH", 2026y / September / 30);
  Reference reference = test::reference_of(pack, **pack.type("full_final"), GetParam());
  std::set<std::string> captions;
  for (const SigningMode mode :
       {SigningMode::company_seal, SigningMode::qualified, SigningMode::by_hand}) {
    reference.signing = mode;
    captions.insert(compose(reference, packs)->mode_caption);
  }
  EXPECT_EQ(captions.size(), 3u);
}

INSTANTIATE_TEST_SUITE_P(Language, EveryLetter, testing::Values("de", "fr", "it", "en"),
                         [](const auto& each) { return each.param; });

// One employment told in two languages: the same sections, lists and order.
TEST(Letters, OfOneReferenceAgreeInEveryLanguage) {
  const Packs packs = test::packs();
  for (const Pack& pack : packs.all()) {
    for (const auto& [id, type] : pack.types) {
      std::set<std::string> shapes;
      for (const char* language : {"de", "fr", "it", "en"}) {
        Reference reference = test::reference_of(pack, type, language);
        if (pack.valid_from == Date{2003y / January / 1}) {
          reference.document_date = 2024y / December / 31;
        }
        std::string shape;
        const Result<Letter> letter = compose(reference, packs);
        ASSERT_TRUE(letter.has_value()) << letter.error().detail;
        for (const Section& section : letter->sections) {
          shape += section.id + " " + std::to_string(section.paragraphs.size()) + "\n";
        }
        shapes.insert(shape);
      }
      EXPECT_EQ(shapes.size(), 1u) << pack.country << " " << id;
    }
  }
}

class SwissLetter : public testing::Test {
 protected:
  SwissLetter()
      : packs_(test::packs()),
        reference_(test::reference_of(pack(), **pack().type("full_final"), "de")) {}
  const Pack& pack() const { return **packs_.find("CH", 2026y / September / 30); }
  std::string section(const std::string& id) const {
    const Result<Letter> letter = compose(reference_, packs_);
    if (!letter) return "refused: " + letter.error().detail;
    for (const Section& section : letter->sections) {
      if (section.id == id) return without_fine_blanks(section.text());
    }
    return "";
  }
  Packs packs_;
  Reference reference_;
};

TEST_F(SwissLetter, HasNoSharpSOfItsOwnButKeepsThatOfNames) {
  reference_.family_name = "Weiß";
  const std::string text = compose(reference_, packs_)->text();
  EXPECT_NE(text.find("Frau Weiß"), std::string::npos);
  EXPECT_EQ(std::regex_replace(text, std::regex("Weiß"), "").find("ß"), std::string::npos);
}

TEST_F(SwissLetter, PutsATitleWhereTheLanguageHasIt) {
  reference_.academic_title = "Dr. sc. ETH";
  EXPECT_EQ(section("opening").find("Frau Dr. sc. ETH Mara Brunner, geboren"), 0u);
  reference_.academic_title = "MSc";
  EXPECT_EQ(section("opening").find("Frau Mara Brunner, MSc, geboren"), 0u);
  reference_.academic_title = "Dr.";
  EXPECT_NE(section("conduct").find("Frau Dr. Brunner"), std::string::npos);
  reference_.language = "fr";
  EXPECT_EQ(section("opening").find("Madame Mara Brunner, Dr., née"), 0u);
}

TEST_F(SwissLetter, DeclinesHerr) {
  reference_.salutation = Salutation::male;
  EXPECT_NE(section("thanks").find("Wir danken Herrn Brunner"), std::string::npos);
  EXPECT_NE(section("leaving").find("von Herrn Brunner"), std::string::npos);
}

TEST_F(SwissLetter, ElidesAsFrenchAndItalianDo) {
  reference_.language = "fr";
  reference_.salutation = Salutation::neutral;
  reference_.given_name = "Alex";
  reference_.employer_place = "Le Locle";
  reference_.place_of_origin = "Les Bois";
  reference_.functions[1].title = "ingénieure";
  EXPECT_NE(section("opening").find(", à Le"), 0u);
  EXPECT_NE(section("opening").find(", au Locle,"), std::string::npos);
  EXPECT_NE(section("opening").find("originaire des Bois"), std::string::npos);
  EXPECT_NE(section("function-2").find("la fonction d’ingénieure"), std::string::npos);
  EXPECT_NE(section("leaving").find("à la demande d’Alex Brunner"), std::string::npos);
  reference_.language = "it";
  reference_.employer_place = "Ascona";
  reference_.employed_from = 2019y / March / 8;
  reference_.employed_to = 2026y / September / 11;
  reference_.functions = {};
  reference_.functions.push_back(test::function_of("tecnica", 2019y / March / 8, {}, {"prove"}));
  EXPECT_NE(section("opening").find("ad Ascona dall’8 marzo 2019 all’11 settembre 2026"),
            std::string::npos);
}

TEST_F(SwissLetter, WritesNumbersAndQuotationMarksAsTheLanguageDoes) {
  reference_.functions[0].workload = "38.5 h";
  EXPECT_NE(section("function").find("38,5 Stunden"), std::string::npos);
  reference_.functions[0].tasks = {"Projekt \"Aare\""};
  EXPECT_EQ(section("tasks"), "Projekt «Aare»");
  reference_.language = "en";
  EXPECT_NE(section("function").find("38.5 hours a week"), std::string::npos);
  EXPECT_EQ(section("tasks"), "Projekt ‘Aare’");
  reference_.language = "fr";
  EXPECT_EQ(section("tasks"), "Projekt « Aare »");
}

TEST_F(SwissLetter, GroupsConductByGradeSuperiorsFirst) {
  for (Rating& rating : reference_.ratings) {
    if (rating.criterion == "conduct_clients") rating.grade = 1;
    if (rating.criterion == "conduct_managers") rating.grade = 3;
    if (rating.criterion == "conduct_colleagues") rating.grade = 3;
  }
  EXPECT_EQ(section("conduct"),
            "Das Verhalten von Frau Brunner gegenüber Vorgesetzten sowie Kolleginnen und Kollegen "
            "war korrekt und freundlich. Im Umgang mit Kundinnen und Kunden war sie jederzeit "
            "vorbildlich, offen und hilfsbereit.");
}

TEST_F(SwissLetter, SaysOnlyWhatItKnowsOfTheFunction) {
  reference_ = test::reference_of(pack(), **pack().type("confirmation"), "de");
  reference_.functions = {{"Projektleiterin", "Abteilung Einkauf", "Vollzeit", {}, {}, {}}};
  EXPECT_EQ(section("function"),
            "Frau Brunner war zuletzt als Projektleiterin in der Abteilung Einkauf tätig, "
            "Vollzeit.");
}

TEST_F(SwissLetter, SetsTheArticleOnlyWhereTheLegalFormSettlesIt) {
  EXPECT_NE(section("opening").find("bei der Nordlicht Instrumente AG in"), std::string::npos);
  reference_.employer = "Technische Betriebe Flussau";
  EXPECT_NE(section("opening").find("bei Technische Betriebe Flussau in"), std::string::npos);
}

TEST_F(SwissLetter, KeepsNamesOfEveryEuropeanScript) {
  reference_.given_name = "Юлія";
  reference_.family_name = "Παπαδοπούλου";
  EXPECT_EQ(section("opening").find("Frau Юлія Παπαδοπούλου, geboren"), 0u);
}

TEST_F(SwissLetter, WritesEveryMonth) {
  const char* german[] = {"Januar", "Februar", "März",      "April",   "Mai",      "Juni",
                          "Juli",   "August",  "September", "Oktober", "November", "Dezember"};
  for (unsigned month = 1; month <= 12; ++month) {
    reference_.document_date = 2026y / std::chrono::month(month) / 5;
    EXPECT_EQ(without_fine_blanks(compose(reference_, packs_)->place_and_date),
              std::string("Zürich, 5. ") + german[month - 1] + " 2026");
  }
}

TEST_F(SwissLetter, NamesASingleDay) {
  reference_ = test::reference_of(pack(), **pack().type("confirmation"), "de");
  reference_.employed_to = reference_.employed_from;
  reference_.functions.resize(1);
  reference_.functions[0].to.reset();
  EXPECT_NE(section("opening").find("am 1. März 2019 bei"), std::string::npos);
}

TEST_F(SwissLetter, TakesAnEditedSectionAsTyped) {
  reference_.edited["thanks"] = "Danke, Frau Brunner.\nAuf Wiedersehen!";
  EXPECT_EQ(section("thanks"), "Danke, Frau Brunner.\nAuf Wiedersehen!");
}

TEST_F(SwissLetter, KeepsTheLeaversOwnReasonAsWritten) {
  reference_.leaving_reason = "Frau Brunner wandert nach Neuseeland aus.";
  EXPECT_EQ(section("leaving"), "Frau Brunner wandert nach Neuseeland aus.");
}

TEST_F(SwissLetter, WritesDecomposedNamesComposed) {
  reference_.family_name = "Mu\xCC\x88ller";
  EXPECT_NE(section("opening").find("Mara M\xC3\xBCller"), std::string::npos);
}

TEST(Letters, OfAustriaSayJaenner) {
  const Packs packs = test::packs();
  const Pack& pack = **packs.find("AT", 2026y / September / 30);
  Reference reference = test::reference_of(pack, **pack.type("simple"), "de");
  reference.birthdate = 1988y / January / 7;
  EXPECT_NE(without_fine_blanks(compose(reference, packs)->text()).find("7. Jänner 1988"),
            std::string::npos);
}

TEST(Letters, NeverRepeatAPersonsDataInAnError) {
  const Packs packs = test::packs();
  const Pack& pack = **packs.find("CH", 2026y / September / 30);
  Reference reference = test::reference_of(pack, **pack.type("full_final"), "de");
  reference.given_name = "Ma\x01ra";
  EXPECT_EQ(compose(reference, packs).error().detail.find("Ma"), std::string::npos);
}

}  // namespace
}  // namespace refledger::letter
