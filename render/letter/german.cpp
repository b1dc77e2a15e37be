// German.  Sentences under Swiss law are in Swiss spelling; those for both have no sharp s.
#include <array>

#include "render/letter/confirmation.h"

namespace refledger::letter {
namespace {

std::string date(Date day) {
  static constexpr std::array<const char*, 12> months{
      "Januar", "Februar", "März",      "April",   "Mai",      "Juni",
      "Juli",   "August",  "September", "Oktober", "November", "Dezember"};
  return std::to_string(static_cast<unsigned>(day.day())) + ". " +
         months[static_cast<unsigned>(day.month()) - 1] + " " +
         std::to_string(static_cast<int>(day.year()));
}

// "der Muster AG", but "Technische Betriebe Musterstadt": the article only where the legal form
// settles the gender.
std::string with_article(const std::string& employer) {
  static constexpr std::array<std::string_view, 14> feminine{"AG",
                                                             "GmbH",
                                                             "KG",
                                                             "OHG",
                                                             "SE",
                                                             "KGaA",
                                                             "UG",
                                                             "gGmbH",
                                                             "eG",
                                                             "Sàrl",
                                                             "GmbH & Co. KG",
                                                             "Genossenschaft",
                                                             "Stiftung",
                                                             "Gesellschaft"};
  for (const std::string_view form : feminine) {
    if (employer.ends_with(" " + std::string(form))) return "der " + employer;
  }
  return employer;
}

std::string first_mention(const Person& person) {
  switch (person.address) {
    case Address::female:
      return "Frau " + person.name;
    case Address::male:
      return "Herr " + person.name;
    case Address::neutral:
      return person.name;
  }
  std::abort();
}

std::string later_mention(const Person& person) {
  switch (person.address) {
    case Address::female:
      return "Frau " + person.family_name;
    case Address::male:
      return "Herr " + person.family_name;
    case Address::neutral:
      return person.name;
  }
  std::abort();
}

std::string period(const Facts& facts) {
  if (facts.employed_from == facts.employed_to) return "am " + date(facts.employed_from);
  return "vom " + date(facts.employed_from) + " bis zum " + date(facts.employed_to);
}

std::string opening(const Facts& facts, const Person& person) {
  const char* employed = person.law == Law::switzerland ? " angestellt war." : " beschäftigt war.";
  return "Wir bestätigen, dass " + first_mention(person) + " " + period(facts) + " bei " +
         with_article(facts.employer) + " in " + facts.employer_place + employed;
}

std::string department(const std::string& name) {
  const bool says_so = name.starts_with("Abteilung ") || name.starts_with("Team ");
  return says_so ? name : "Abteilung " + name;
}

std::string function(const Facts& facts, const Person& person) {
  std::string where;
  if (facts.department) where = ", " + department(*facts.department);
  return later_mention(person) + " war zuletzt tätig als " + facts.position + where + ".";
}

std::string workload(const std::string& given, Law law) {
  Workload parts = split_workload(given);
  if (const std::size_t point = parts.number.find('.'); point != std::string::npos) {
    parts.number[point] = ',';
  }
  const std::string extent =
      law == Law::switzerland ? "Das Arbeitspensum" : "Der Beschäftigungsumfang";
  if (parts.unit == "%") return extent + " betrug zuletzt " + parts.number + " %.";
  if (parts.unit == "h") {
    return "Die vereinbarte Wochenarbeitszeit betrug zuletzt " + parts.number + " Stunden.";
  }
  return extent + " zuletzt: " + given + ".";
}

std::string scope(Law law) {
  if (law == Law::switzerland) {
    return "Diese Bestätigung äussert sich nach Art. 330a Abs. 2 OR ausschliesslich über Art und "
           "Dauer des Arbeitsverhältnisses. Sie ersetzt das Arbeitszeugnis nach Art. 330a Abs. 1 "
           "OR nicht; der Anspruch darauf bleibt bestehen.";
  }
  return "Diese Bestätigung gibt ausschließlich Art und Dauer der Beschäftigung wieder. Sie "
         "ersetzt "
         "das Zeugnis nach § 109 GewO nicht; der Anspruch darauf bleibt bestehen.";
}

void add_captions(Letter& letter, const Facts& facts) {
  letter.mode_caption = "Dieses Dokument trägt das elektronische Siegel des Ausstellers " +
                        facts.employer +
                        ". Das Siegel ist keine qualifizierte elektronische Signatur und ersetzt "
                        "die Schriftform nicht.";
  letter.qr_caption =
      "Der QR-Code führt zur Prüfseite. Sie sagt, ob dieses Dokument echt ist und ob es noch gilt, "
      "und zeigt keine Angaben, die über dieses Blatt hinausgehen. Alle Bestätigungen des "
      "Ausstellers tragen einen solchen Code.";
  letter.typed_caption = "Ohne Kamera: Adresse aufrufen, Nummer und Schlüssel eintippen.";
  letter.address_label = "Adresse";
  letter.id_label = "Nummer";
  letter.secret_label = "Schlüssel";
  letter.qr_alternative = "QR-Code mit der Adresse der Prüfseite";
}

}  // namespace

Letter german(const Facts& facts, const Person& person) {
  Letter letter;
  letter.language = "de";
  letter.locale = person.law == Law::switzerland ? "de-CH" : "de-DE";
  letter.title = "Arbeitsbestätigung";
  const std::string hours = facts.workload ? " " + workload(*facts.workload, person.law) : "";
  letter.sections = {
      {"opening", {opening(facts, person)}},
      {"function", {function(facts, person) + hours}},
      {"scope", {scope(person.law), "Die Angaben entsprechen unseren Personalunterlagen."}}};
  add_signature(letter, facts, date(facts.document_date));
  add_captions(letter, facts);
  return letter;
}

}  // namespace refledger::letter
