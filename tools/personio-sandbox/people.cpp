// Who works at Seewald Instrumente.
#include "tools/personio-sandbox/people.h"

#include <array>
#include <cstdlib>
#include <optional>

#include "tools/personio-sandbox/catalogue.h"
#include "tools/personio-sandbox/generator.h"

namespace refledger::sandbox {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

// So long ago somebody touched the records last: nothing counts as changed since yesterday.
constexpr days kQuiet{40};

enum class Place { winterthur, konstanz, vienna };

struct Job {
  const char* position;
  const char* department;
  Place place;
  const char* hours;
};

struct Day {
  int from_today;
};

struct Told {
  const char* first_name;
  const char* last_name;
  const char* mail;  ///< before the @
  char gender;       ///< f, m, d
  Job job;
  int hired_months_ago;  ///< on the first of that month; negative: to come
  const char* language;
  const char* wish = "";
  std::optional<Day> ends = {};
  const char* end_type = "";
  std::optional<Day> contract_ends = {};
  std::optional<Day> last_worked = {};
  const char* status = "active";
  bool private_mail = true;
};

constexpr Job kCh(const char* position, const char* department, const char* hours = "42") {
  return {position, department, Place::winterthur, hours};
}
constexpr Job kDe(const char* position, const char* department, const char* hours = "40") {
  return {position, department, Place::konstanz, hours};
}

// clang-format off
const std::array<Told, 42> kPeople = {{
    // The house as it is.
    {"Regula", "Aeschbacher", "regula.aeschbacher", 'f', kCh("Geschäftsführerin", "Geschäftsleitung"), 243, "de"},
    {"Jean-Luc", "Bonvin-d'Arcy", "jean-luc.bonvin-darcy", 'm', kCh("Leiter Entwicklung", "Entwicklung"), 198, "de"},
    {"Šárka", "Dvořáková", "sarka.dvorakova", 'f', kCh("Leiterin Personal", "Personal"), 121, "de"},
    {"Jürg", "Grossenbacher", "juerg.grossenbacher", 'm', kCh("Leiter Fertigung", "Fertigung"), 176, "de"},
    {"Zoë", "Wyss-Hämmerli", "zoe.wyss-haemmerli", 'f', kCh("Produktmanagerin", "Vertrieb", "33.6"), 88, "de"},
    {"Åke", "Ångström", "ake.angstrom", 'm', kCh("Physiker", "Entwicklung"), 64, "en"},
    {"Siobhán", "O'Súilleabháin", "siobhan.osuilleabhain", 'f', kCh("Optical Engineer", "Entwicklung"), 41, "en"},
    {"João", "Gonçalves Conceição", "joao.goncalves", 'm', kCh("Polymechaniker", "Fertigung"), 133, "de"},
    {"Ägidius", "Strauß", "aegidius.strauss", 'm', kDe("Standortleiter", "Geschäftsleitung"), 152, "de"},
    {"Frauke", "Weißhaupt-Öztürk", "frauke.weisshaupt", 'f', kDe("Buchhalterin", "Finanzen", "30"), 97, "de"},
    {"Þórunn", "Ísleifsdóttir", "thorunn.isleifsdottir", 'f', kCh("Software Engineer", "Entwicklung"), 29, "en"},
    {"Ştefan", "Țăranu", "stefan.taranu", 'm', kDe("Qualitätsingenieur", "Qualität"), 37, "de"},
    {"Mihály", "Győri-Szűcs", "mihaly.gyori", 'm', kCh("Monteur", "Fertigung"), 54, "de"},
    {"Maëlle", "Lefèvre", "maelle.lefevre", 'f', kCh("Sachbearbeiterin Export", "Vertrieb", "25.2"), 72, "de"},
    {"Ġorġ", "Żammit", "gorg.zammit", 'm', kCh("Service Engineer", "Service"), 18, "en"},
    {"Andrin", "Caduff", "andrin.caduff", 'd', kCh("Laborant", "Qualität"), 15, "de"},
    {"Lovro", "Čačić", "lovro.cacic", 'm', kDe("Anwendungstechniker", "Service"), 22, "de"},
    {"Ülle", "Põldmäe", "ulle.poldmae", 'f', kCh("Data Analyst", "Entwicklung", "21"), 11, "en"},
    {"Beat", "von Allmen", "beat.vonallmen", 'm', kCh("Logistiker", "Fertigung"), 209, "de"},
    {"Ana-Lucía", "Ibáñez Núñez", "ana-lucia.ibanez", 'f', kDe("Einkäuferin", "Finanzen"), 49, "de"},
    // Beginning soon, away for a while.
    {"Nóra", "Kővári", "nora.kovari", 'f', kCh("Optikerin", "Entwicklung"), -1, "de"},
    {"Tjark", "Jörgensen", "tjark.joergensen", 'm', kDe("Auszubildender Mechatronik", "Fertigung"), -2, "de"},
    {"Mireille", "Châtelain", "mireille.chatelain", 'f', kCh("Juristin", "Personal", "33.6"), 67, "de", "", {}, "", {}, {}, "leave"},
    // Left, and asked for a confirmation: due by themselves.
    {"Łukasz", "Wójcik", "lukasz.wojcik", 'm', kCh("Elektroniker", "Fertigung"), 58, "de", "confirmation", Day{-1}, "employee"},
    {"Noëlle", "Zürcher-Bühlmann", "noelle.zuercher", 'f', kCh("Projektleiterin", "Entwicklung", "37.8"), 111, "de", "confirmation", Day{-4}, "employee"},
    {"Ιωάννης", "Παπαδόπουλος", "ioannis.papadopoulos", 'm', kCh("Firmware Engineer", "Entwicklung"), 34, "en", "confirmation", Day{-9}, "employee"},
    {"Đorđe", "Šumić", "dorde.sumic", 'm', kDe("Zerspanungsmechaniker", "Fertigung"), 79, "de", "confirmation", Day{-2}, "agreement"},
    {"İpek", "Çağlar", "ipek.caglar", 'f', kDe("Sales Manager", "Vertrieb"), 45, "en", "confirmation", Day{-12}, "employee"},
    {"Katharina", "Meßmer", "katharina.messmer", 'f', kDe("Assistentin der Standortleitung", "Geschäftsleitung", "20"), 26, "de", "confirmation", Day{-20}, "employee"},
    {"Renzo", "D'Ambrosio", "renzo.dambrosio", 'm', kCh("Werkstudent", "Qualität", "16.8"), 13, "de", "confirmation", Day{-33}, "contract_expired", Day{-33}},
    {"Brónagh", "Ní Dhomhnaill", "bronagh.nidhomhnaill", 'f', kCh("Technical Writer", "Service", "29.4"), 20, "en", "confirmation", Day{-6}, "employee", {}, Day{-27}},
    // Left, and somebody has to look: no wish on file, another law, no private address, a full
    // certificate wanted, years ago.
    {"Hansjörg", "Brändli", "hansjoerg.braendli", 'm', kCh("Konstrukteur", "Entwicklung"), 232, "de", "", Day{-3}, "retirement"},
    {"Vreni", "Rüegg", "vreni.ruegg", 'f', kCh("Disponentin", "Vertrieb"), 91, "de", "full", Day{-15}, "employee"},
    {"Leopold", "Přikryl", "leopold.prikryl", 'm', {"Vertriebsleiter Österreich", "Vertrieb", Place::vienna, "38.5"}, 83, "de", "confirmation", Day{-8}, "employee"},
    {"Sören", "Groß", "soeren.gross", 'm', kDe("Servicetechniker", "Service"), 31, "de", "", Day{-25}, "fired"},
    {"Agnès", "Mûrier", "agnes.murier", 'f', kCh("Reinraumtechnikerin", "Fertigung"), 70, "de", "confirmation", Day{-11}, "employee", {}, {}, "active", false},
    {"Urs", "Niederöst", "urs.niederoest", 'm', kCh("Leiter Einkauf", "Finanzen"), 140, "de", "", Day{-5}, "death"},
    {"Célia", "Stöckli", "celia.stoeckli", 'f', kCh("Key Account Manager", "Vertrieb"), 47, "de", "confirmation", Day{-7}, "sub_company_switch"},
    {"Walter", "Eichenberger", "walter.eichenberger", 'm', kCh("Optikermeister", "Fertigung"), 239, "de", "", Day{-1980}, "retirement", {}, {}, "active", false},
    // Not leavers yet, although something looks like it: a date to come, garden leave, a fixed term
    // that has run out, a last working day left over from a notice taken back.
    {"Margrét", "Jónsdóttir", "margret.jonsdottir", 'f', kDe("Laborleiterin", "Qualität"), 61, "en", "confirmation", Day{38}, "employee"},
    {"Fabrizio", "Cattaneo", "fabrizio.cattaneo", 'm', kCh("Verkaufsingenieur", "Vertrieb"), 52, "de", "confirmation", Day{70}, "agreement", {}, Day{-21}},
    {"Eglė", "Žukauskaitė", "egle.zukauskaite", 'f', kCh("Praktikantin", "Entwicklung"), 7, "en", "", {}, "", Day{-10}, Day{-400}},
}};
// clang-format on

Json day_text(Date today, std::optional<Day> day) {
  if (!day) return nullptr;
  return format_date(Date{sys_days(today) + days(day->from_today)});
}

/// The first of the month so many months ago.
std::string hire_text(Date today, int months_ago) {
  const auto month = today.year() / today.month() - months(months_ago);
  return format_date(month / 1);
}

const char* country_of(Place place) {
  switch (place) {
    case Place::winterthur:
      return "CH";
    case Place::konstanz:
      return "DE";
    case Place::vienna:
      return "AT";
  }
  std::abort();
}

const char* office_of(Place place) {
  switch (place) {
    case Place::winterthur:
      return "Winterthur";
    case Place::konstanz:
      return "Konstanz";
    case Place::vienna:
      return "Wien";
  }
  std::abort();
}

const char* gender_word(char letter) {
  if (letter == 'f') return "female";
  return letter == 'm' ? "male" : "diverse";
}

/// Null where nothing is on file, as Personio has it for a list.
Json or_null(std::string_view text) { return text.empty() ? Json() : Json(text); }

void add_job(const Job& job, Values& values) {
  values["position"] = job.position;
  values["department"] = job.department;
  values["office"] = office_of(job.place);
  values["subcompany"] = company_of(job.place == Place::konstanz, job.department);
  values["weekly_working_hours"] = job.hours;
  values["employment_type"] = "internal";
  values[std::string(kCountry)] = country_of(job.place);
}

void add_end(const Told& told, Date today, Values& values) {
  values["termination_date"] = day_text(today, told.ends);
  values["contract_end_date"] = day_text(today, told.contract_ends);
  values["last_working_day"] = day_text(today, told.last_worked);
  if (told.ends) values["termination_type"] = told.end_type;
}

Values values_of(const Told& told, std::size_t place_in_list, Date today) {
  Values values;
  values["first_name"] = told.first_name;
  values["last_name"] = told.last_name;
  values["gender"] = gender_word(told.gender);
  values["email"] = std::string(told.mail) + "@seewald-instrumente.example";
  values["status"] = told.status;
  values["hire_date"] = hire_text(today, told.hired_months_ago);
  values["fix_salary"] = 5200 + static_cast<int>(place_in_list) * 75;
  values[std::string(kPrivateEmail)] =
      told.private_mail ? Json(std::string(told.mail) + "@post.example") : Json();
  values[std::string(kLanguage)] = told.language;
  values[std::string(kWish)] = or_null(told.wish);
  const int age_in_months = 21 * 12 + told.hired_months_ago + static_cast<int>(place_in_list) * 5;
  values[std::string(kBirthday)] = hire_text(today, age_in_months);
  add_job(told.job, values);
  add_end(told, today, values);
  return values;
}

void hire(Company& company, const Values& values, UtcMillis entered) {
  // What is told above is right, or the program has no company to show.
  if (!company.hire(values, entered)) std::abort();
}

}  // namespace

std::size_t people_told() { return kPeople.size(); }

Company make_company(std::size_t count, Date today, UtcMillis now) {
  const UtcMillis entered = now - kQuiet;
  Company company;
  for (std::size_t at = 0; at < std::min(count, kPeople.size()); ++at) {
    Values values = values_of(kPeople.at(at), at, today);
    if (at > 0) values["supervisor"] = company.people().begin()->first;
    hire(company, values, entered);
  }
  for (std::size_t at = kPeople.size(); at < count; ++at) {
    hire(company, generated_person(at, today), entered);
  }
  return company;
}

}  // namespace refledger::sandbox
