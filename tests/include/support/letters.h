// A made-up employer, its letterhead, people with names of many kinds, and their signed PDFs.
#pragma once

#include "render/pdf/pdf.h"
#include "support/references.h"

namespace refledger::test {

inline const letter::Packs& rules() {
  static const letter::Packs loaded = packs();
  return loaded;
}

/// What a confirmation says: one function, no ratings, sealed by the employer.
inline letter::Reference confirmation(std::string language = "de", std::string country = "CH") {
  using namespace std::chrono;
  letter::Reference made;
  made.type = "confirmation";
  made.language = std::move(language);
  made.given_name = "Mara";
  made.family_name = "Brunner";
  made.salutation = letter::Salutation::female;
  made.employer = "Nordlicht Instrumente AG";
  made.employer_place = country == "CH" ? "Zürich" : "München";
  made.country = std::move(country);
  made.employed_from = 2019y / March / 1;
  made.employed_to = 2026y / September / 30;
  letter::Function job;
  job.title = "Projektleiterin Messtechnik";
  job.department = "Entwicklung";
  job.workload = "80 %";
  made.functions = {job};
  made.document_date = 2026y / September / 30;
  made.signatories = {{"Jonas Keller", "Leiter Personal", ""}};
  return made;
}

/// Loaded once for the whole test program.
inline const pdf::Fonts& fonts() {
  static const pdf::Fonts loaded = *pdf::Fonts::load();
  return loaded;
}

inline pdf::Document document_of(const letter::Reference& reference) {
  pdf::Document document;
  const Result<letter::Letter> letter = letter::compose(reference, rules());
  EXPECT_TRUE(letter.has_value()) << letter.error().detail;
  document.letter = *letter;
  document.letterhead.name = "Nordlicht Instrumente AG";
  document.letterhead.address_lines = {"Hardturmstrasse 120", "8005 Zürich", "Schweiz",
                                       "nordlicht-instrumente.example"};
  document.letterhead.footer_lines = {
      "Nordlicht Instrumente AG · Sitz Zürich · CHE-000.000.000 · personal@nordlicht.example"};
  document.qr = pdf::QrBlock{
      "HTTPS://REFS.NORDLICHT.EXAMPLE/V/04HMASW9NF6YY0938NKRKAYDXW#ABCDEFGHJKMNPQRSTVWXYZ0120",
      "refs.nordlicht.example", "04HM ASW9 NF6Y Y093 8NKR KAYD XW5",
      "ABCD EFGH JKMN PQRS TVWX YZ01 20="};
  document.attachment = {"reference.sd-jwt", "application/dc+sd-jwt",
                         "The same claims, machine-readable", "eyJhbGciOiJFZERTQSJ9.e30.c2ln~"};
  document.document_date = reference.document_date;
  document.holder = reference.given_name + " " + reference.family_name;
  return document;
}

/// A full reference of four tasks and `more` paragraphs beyond the usual, signed by two.
inline pdf::Document full_reference(std::size_t more = 0) {
  pdf::Document document = document_of(confirmation());
  letter::Letter& letter = document.letter;
  letter.title = "Arbeitszeugnis";
  letter.sections = {
      {"opening",
       {"Mara Brunner, geboren am 4. Mai 1988, von Winterthur, war vom 1. März 2019 bis zum "
        "30. September 2026 in unserem Unternehmen angestellt, zuletzt als Projektleiterin "
        "Messtechnik mit einem Pensum von 80 %.",
        "Die Nordlicht Instrumente AG entwickelt Messgeräte für die Lebensmittelindustrie. Am "
        "Hauptsitz in Zürich arbeiten rund 240 Personen, weitere 60 in Lyon und Mailand.",
        "Zu ihren Aufgaben gehörten:"},
       false},
      {"tasks",
       {"Leiten von Entwicklungsprojekten von der Anforderung bis zur Serienreife",
        "Planen von Terminen, Kosten und Mitteln und Berichten an die Geschäftsleitung, dazu das "
        "Abstimmen mit den Niederlassungen in Lyon und Mailand",
        "Auswahl und Betreuung von Lieferanten", "Zulassungen und technische Dokumentation"},
       true},
      {"performance",
       {"Frau Brunner arbeitete sich rasch in unsere Systeme ein und verfügt über ein fundiertes "
        "und breites Fachwissen, das sie jederzeit sicher anwendet. Sie erkannte "
        "Verbesserungsmöglichkeiten in den Entwicklungsprozessen, schlug Lösungen vor und setzte "
        "sie selbständig um; eine Zulassung dauert seither vier statt neun Monate.",
        "Ihre Arbeitsweise war stets sorgfältig, zügig und zuverlässig. Auch unter hoher "
        "Belastung behielt sie den Überblick. Qualität und Menge ihrer Leistungen übertrafen "
        "unsere Erwartungen regelmässig.",
        "Ihr Verhalten gegenüber Vorgesetzten, Mitarbeitenden und Geschäftspartnern war "
        "jederzeit einwandfrei; sie war wegen ihrer Hilfsbereitschaft im ganzen Unternehmen "
        "geschätzt."},
       false},
      {"closing",
       {"Frau Brunner verlässt uns auf eigenen Wunsch. Wir bedauern ihren Entschluss, danken ihr "
        "für die ausgezeichnete Zusammenarbeit und wünschen ihr alles Gute."},
       false}};
  std::vector<std::string>& paragraphs = letter.sections[2].paragraphs;
  for (std::size_t i = 0; i < more; ++i) paragraphs.push_back(paragraphs[i % 3]);
  letter.signatures = {{"Jonas Keller", {"Leiter Personal", "Mitglied der Geschäftsleitung"}},
                       {"Dr. Anna Brunner-Aeschbacher", {"Leiterin Entwicklung"}}};
  return document;
}

/// What a reader finds from the title on, one line for each of the page's elements.
inline std::string said_on_paper(const pdf::Document& document) {
  const letter::Letter& letter = document.letter;
  std::string said = letter.text() + "\n" + letter.place_and_date + "\n" + letter.employer + "\n";
  for (const letter::Signature& signature : letter.signatures) {
    said += signature.name + "\n";
    for (const std::string& line : signature.lines) said += line + "\n";
  }
  said += (document.specimen ? "Testdokument: weder unterzeichnet noch im Verzeichnis eingetragen."
                             : letter.mode_caption) +
          "\n";
  if (document.qr) {
    said += letter.qr_caption + "\n" + letter.typed_caption + "\n" + letter.address_label + " " +
            document.qr->address + "\n" + letter.id_label + " " + document.qr->typed_id + "\n" +
            letter.secret_label + " " + document.qr->typed_secret + "\n";
  }
  for (std::size_t at = 0; (at = said.find("\n\n", at)) != std::string::npos;) said.erase(at, 1);
  return said;
}

}  // namespace refledger::test
