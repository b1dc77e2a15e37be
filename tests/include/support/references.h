// References of made-up people, whole enough for every type of every pack.
#pragma once

#include "render/letter/pack.h"
#include "support/support.h"

namespace refledger::test {

struct Words {
  const char* employer;
  const char* place;
  const char* description;
  const char* earlier;
  const char* function;
  const char* department;
  const char* profession;
  std::vector<std::string> earlier_tasks;
  std::vector<std::string> tasks;
  std::vector<std::string> training;
};

inline const Words& words(const std::string& language) {
  static const std::map<std::string, Words> all{
      {"de",
       {"Nordlicht Instrumente AG",
        "Zürich",
        "Die Nordlicht Instrumente AG entwickelt und fertigt Messgeräte für die Wasserversorgung.",
        "Fachperson Messtechnik",
        "Projektleitung Messtechnik",
        "Entwicklung",
        "Elektronikerin EFZ",
        {"Entwicklung und Erprobung von Durchflusssensoren",
         "Auswertung von Messreihen und Dokumentation der Ergebnisse"},
        {"Leitung von Entwicklungsprojekten vom Pflichtenheft bis zur Serienreife",
         "Führung eines Teams von vier Personen", "Verantwortung für Termine und Budget"},
        {"CAS Projektmanagement (2023)", "Lehrgang Führung im Alltag (2024)"}}},
      {"fr",
       {"Horlogerie du Lac SA",
        "Neuchâtel",
        "Horlogerie du Lac SA fabrique des montres mécaniques et emploie 80 personnes.",
        "spécialiste en métrologie",
        "responsable de projets",
        "Développement",
        "électronicienne CFC",
        {"développement et essai de capteurs de débit",
         "exploitation des mesures et documentation des résultats"},
        {"conduite de projets du cahier des charges à la série",
         "conduite d'une équipe de quatre personnes", "responsabilité des délais et du budget"},
        {"CAS en gestion de projet (2023)", "cours de conduite (2024)"}}},
      {"it",
       {"Officine Ceresio SA",
        "Lugano",
        "Officine Ceresio SA costruisce apparecchi di misura per l'approvvigionamento idrico.",
        "specialista di metrologia",
        "responsabile di progetto",
        "Sviluppo",
        "elettronica AFC",
        {"sviluppo e prova di sensori di portata",
         "analisi delle misure e documentazione dei risultati"},
        {"direzione di progetti dal capitolato alla produzione in serie",
         "conduzione di un gruppo di quattro persone", "responsabilità per scadenze e budget"},
        {"CAS in gestione di progetti (2023)", "corso di conduzione (2024)"}}},
      {"en",
       {"Havelwerk Technik GmbH",
        "Potsdam",
        "Havelwerk Technik GmbH makes pumps and fittings and employs 220 people at two sites.",
        "Metrology Specialist",
        "Project Manager",
        "Development",
        "Electronics Technician",
        {"developing and testing flow sensors",
         "analysing series of measurements and documenting the results"},
        {"managing development projects from specification to series production",
         "leading a team of four", "keeping deadlines and budget"},
        {"a certificate course in project management (2023)", "a leadership course (2024)"}}}};
  return all.at(language);
}

/// An issuer's own text, as its settings have it.
struct OwnText {
  const char* introduction;
  const char* closing;
};

inline const OwnText& own_text(const std::string& language) {
  static const std::map<std::string, OwnText> all{
      {"de",
       {"Dieses Zeugnis beruht auf der Personalakte und den jährlichen Gesprächen.",
        "Rückfragen beantwortet unsere Personalabteilung.\n"
        "Ein unterschriebenes Exemplar liegt bei uns."}},
      {"fr",
       {"Le présent certificat repose sur le dossier du personnel et les entretiens annuels.",
        "Notre service du personnel répond aux questions.\nUn exemplaire signé est conservé chez "
        "nous."}},
      {"it",
       {"Il presente attestato si basa sul dossier personale e sui colloqui annuali.",
        "Il nostro servizio del personale risponde alle domande.\nUn esemplare firmato è "
        "conservato presso di noi."}},
      {"en",
       {"This reference is based on the personnel file and the yearly reviews.",
        "Our HR department answers questions.\nWe keep a signed copy."}}};
  return all.at(language);
}

/// `made` with it, where the type's pack allows that without a ground.
inline letter::Reference with_own_text(letter::Reference made, const letter::DocumentType& type) {
  const OwnText& own = own_text(made.language);
  for (const auto& [place, text] :
       {std::pair{"introduction", own.introduction}, std::pair{"closing", own.closing}}) {
    if (type.field(place).rule == letter::Rule::usual) made.blocks[place] = text;
  }
  return made;
}

inline letter::Function function_of(const char* title, std::chrono::year_month_day from,
                                    std::optional<Date> to, std::vector<std::string> tasks) {
  letter::Function function;
  function.title = title;
  function.from = from;
  function.to = to;
  function.tasks = std::move(tasks);
  return function;
}

inline std::vector<letter::Rating> ratings_of(const letter::DocumentType& type, int grade) {
  std::vector<letter::Rating> ratings;
  for (const auto& [criterion, rule] : type.criteria) {
    ratings.push_back({criterion, std::min(grade, type.lowest_grade.grade), "as observed"});
  }
  return ratings;
}

/// Says everything that `type` allows, with a ground where it needs one.
inline letter::Reference reference_of(const letter::Pack& pack, const letter::DocumentType& type,
                                      const std::string& language,
                                      letter::Salutation salutation = letter::Salutation::female) {
  using namespace std::chrono;
  using letter::Rule;
  using letter::Salutation;
  const Words& said = words(language);
  letter::Reference made;
  made.type = type.id;
  made.country = pack.country;
  made.language = language;
  made.given_name = salutation == Salutation::female ? "Mara"
                    : salutation == Salutation::male ? "Luca"
                                                     : "Alex";
  made.family_name = "Brunner";
  made.salutation = salutation;
  made.employer = said.employer;
  made.employer_place = said.place;
  made.employed_from = 2019y / March / 1;
  made.document_date = 2026y / September / 30;
  made.signatories = {{"Petra Muster", "HR", ""}};
  made.signing = letter::SigningMode::by_hand;
  const auto allows = [&](const char* field) { return type.field(field).rule != Rule::forbidden; };
  if (allows("employed_to")) made.employed_to = 2026y / September / 30;
  if (allows("birthdate")) made.birthdate = 1990y / May / 14;
  if (allows("place_of_origin")) made.place_of_origin = "Winterthur";
  if (allows("employer_description")) made.employer_description = said.description;
  if (type.id == "apprenticeship") {
    made.functions = {
        function_of(said.profession, made.employed_from, made.employed_to, said.earlier_tasks)};
  } else {
    made.functions = {
        function_of(said.earlier, made.employed_from, 2022y / June / 30, said.earlier_tasks),
        function_of(said.function, 2022y / July / 1, made.employed_to, said.tasks)};
  }
  for (letter::Function& function : made.functions) {
    if (!allows("tasks")) function.tasks.clear();
    if (allows("department")) function.department = said.department;
    if (allows("workload") && type.id != "apprenticeship") function.workload = "80 %";
  }
  if (made.functions.size() > 1 && allows("workload")) made.functions[0].workload = "100 %";
  if (allows("performance")) made.ratings = ratings_of(type, 2);
  if (allows("training")) made.training = said.training;
  if (allows("leaving_reason")) made.leaving_reason = "own_wish";
  made.health_cover = allows("health_cover");
  made.thanks = allows("thanks");
  made.wishes = allows("wishes");
  for (const auto& [name, rule] : type.fields) {
    if (rule.rule == Rule::on_request || rule.rule == Rule::conditional) {
      made.grounds[name] = "asked for on 2 September 2026";
    }
  }
  return made;
}

inline letter::Packs packs() {
  Result<letter::Packs> packs = letter::Packs::load(REFLEDGER_RULES);
  EXPECT_TRUE(packs.has_value()) << (packs ? "" : packs.error().detail);
  return *std::move(packs);
}

}  // namespace refledger::test
