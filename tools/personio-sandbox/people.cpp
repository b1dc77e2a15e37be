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

constexpr const char* kMailHost = "@seewald-instrumente.example";

// So long ago somebody touched the records last: nothing counts as changed since yesterday.
constexpr days kQuiet{40};

enum class Place { winterthur, konstanz, vienna, mulhouse, milan };

struct Job {
  const char* position;
  const char* department;
  Place place;
  const char* hours;
};

struct Day {
  int from_today;
};

/// An employment before the present one.
struct Before {
  int hired_months_ago;
  Day ended;
  const char* end_type;
  bool in_konstanz = false;
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
  const char* address = "";
  std::optional<Before> before = {};
};

constexpr Job kCh(const char* position, const char* department, const char* hours = "42") {
  return {position, department, Place::winterthur, hours};
}
constexpr Job kDe(const char* position, const char* department, const char* hours = "40") {
  return {position, department, Place::konstanz, hours};
}

// clang-format off
const std::array<Told, 49> kPeople = {{
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
    // Another law altogether: employed and living in France, in Italy.
    {"Aurélie", "Fontaine-Mercier", "aurelie.fontaine", 'f', {"Responsable comptes clés", "Vertrieb", Place::mulhouse, "35"}, 44, "fr", "confirmation", Day{-13}, "employee", {}, {}, "active", true, "8 rue du Sauvage\n68100 Mulhouse\nFrankreich"},
    {"Giacomo", "Bellandi-Nicolò", "giacomo.bellandi", 'm', {"Tecnico di assistenza", "Service", Place::milan, "40"}, 36, "it", "full", Day{-16}, "agreement", {}, {}, "active", true, "Via Savona 41\n20144 Milano\nItalien"},
    // A fixed term that ended and goes on; one who came back, one who came back and left again;
    // one who changed to the other company of the group.
    {"Runa", "Brønsted", "runa.broensted", 'f', kCh("Applikationsingenieurin", "Entwicklung"), 19, "en", "", {}, "", Day{160}},
    {"Gion", "Cavegn", "gion.cavegn", 'm', kCh("Mechaniker", "Fertigung"), 10, "de", "", {}, "", {}, {}, "active", true, "", Before{61, Day{-900}, "employee"}},
    {"Mirjam", "Schoch-Keller", "mirjam.schoch", 'f', kCh("Einkäuferin", "Finanzen", "33.6"), 22, "de", "confirmation", Day{-14}, "employee", {}, {}, "active", true, "", Before{96, Day{-1500}, "agreement"}},
    {"Torben", "Clausnitzer", "torben.clausnitzer", 'm', kCh("Servicekoordinator", "Service"), 8, "de", "", {}, "", {}, {}, "active", true, "", Before{50, Day{-240}, "sub_company_switch", true}},
    // Ill for more than a year of five: the full certificate has to weigh it.
    {"Annegret", "Läubli", "annegret.laeubli", 'f', kCh("Kalibriertechnikerin", "Qualität"), 61, "de", "full", Day{-18}, "agreement"},
}};

// Whoever is in their place was deleted before anybody could read them.
constexpr std::size_t kDeletedAt = 42;

struct Away {
  const char* mail;  ///< whose, as above
  const char* category;
  Day from;
  std::optional<Day> to;
  bool half_day_end = false;
};

const std::array<Away, 9> kAway = {{
    {"annegret.laeubli", "sick_leave", {-640}, Day{-212}},
    {"annegret.laeubli", "paid_vacation", {-700}, Day{-687}},
    {"annegret.laeubli", "sick_leave", {-211}, Day{-150}},
    {"noelle.zuercher", "maternity_parental_leave", {-520}, Day{-408}},
    {"noelle.zuercher", "unpaid_vacation", {-407}, Day{-346}},
    {"mireille.chatelain", "maternity_parental_leave", {-50}, std::nullopt},
    {"lukasz.wojcik", "paid_vacation", {-60}, Day{-47}, true},
    {"beat.vonallmen", "public_duty", {-120}, Day{-100}},
    {"beat.vonallmen", "other", {-9}, Day{-9}},
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
    case Place::mulhouse:
      return "FR";
    case Place::milan:
      return "IT";
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
    case Place::mulhouse:
      return "Mulhouse";
    case Place::milan:
      return "Milano";
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

/// Of Swiss people only: a German or Austrian passport names no such place.
Json origin_of(const Told& told, std::size_t place_in_list) {
  static constexpr std::array<const char*, 5> kOrigins = {
      "Lauterbrunnen BE", "Appenzell AI", "Scuol GR", "Biasca TI", "Glarus Nord GL"};
  const bool swiss = told.job.place == Place::winterthur && place_in_list % 3 == 0;
  return swiss ? Json(kOrigins.at(place_in_list % kOrigins.size())) : Json();
}

const char* role_of(std::string_view position) {
  if (position.find("eiter") != std::string_view::npos ||
      position.find("führer") != std::string_view::npos) {
    return "Kader";
  }
  return position.starts_with("Auszubildende") ? "Lernende" : "Mitarbeitende";
}

void add_about(const Told& told, std::size_t place_in_list, Values& values) {
  values[std::string(kRoleLevel)] = role_of(told.job.position);
  values[std::string(kPlaceOfOrigin)] = origin_of(told, place_in_list);
  values[std::string(kAddress)] = or_null(told.address);
  if (std::string_view(told.job.hours) == "33.6") values[std::string(kWorkload)] = 80;
  if (std::string_view(told.job.position) == "Physiker") values[std::string(kTitle)] = "Dr. sc.";
}

Values values_of(const Told& told, std::size_t place_in_list, Date today) {
  Values values;
  values["first_name"] = told.first_name;
  values["last_name"] = told.last_name;
  values["gender"] = gender_word(told.gender);
  values["email"] = std::string(told.mail) + kMailHost;
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
  add_about(told, place_in_list, values);
  return values;
}

/// The values of the first employment, where there were two.
Values values_before(const Told& told, const Before& before, Date today) {
  Values values;
  add_job(told.job, values);
  values["hire_date"] = hire_text(today, before.hired_months_ago);
  values["termination_date"] = day_text(today, before.ended);
  values["termination_type"] = before.end_type;
  if (before.in_konstanz) {
    values["office"] = office_of(Place::konstanz);
    values["subcompany"] = kGermanCompany;
  }
  values.erase(std::string(kCountry));
  return values;
}

/// What is told above is right, or the program has no company to show.
template <class T>
T right(Result<T> result) {
  if (!result) std::abort();
  if constexpr (!std::is_void_v<T>) return *result;
}

void hire(Company& company, const Told& told, std::size_t place_in_list, Date today,
          UtcMillis entered) {
  Values values = values_of(told, place_in_list, today);
  if (company.size() > 0) values["supervisor"] = *company.at(0);
  if (!told.before) {
    right(company.hire(values, entered));
    return;
  }
  Values first = values;
  for (const auto& [key, value] : values_before(told, *told.before, today)) first[key] = value;
  right(company.begin_again(right(company.hire(first, entered)), values, entered));
}

std::optional<PersonId> id_of(const Company& company, const std::string& mail) {
  for (const auto& [id, employee] : company.known()) {
    if (employee.text("email") == mail + kMailHost) return id;
  }
  return std::nullopt;
}

}  // namespace

std::size_t people_told() { return kPeople.size(); }

Company make_company(std::size_t count, Date today, UtcMillis now) {
  const UtcMillis entered = now - kQuiet;
  Company company;
  const std::size_t told = std::min(count, kPeople.size());
  for (std::size_t at = 0; at < told; ++at) {
    hire(company, kPeople.at(at), at, today, entered);
    if (at + 1 != kDeletedAt) continue;
    hire(company, kPeople.front(), 0, today, entered);
    right(company.remove(*company.at(company.size() - 1)));
  }
  company.add_crowd(count - told, today, entered);
  return company;
}

Absences make_absences(const Company& company, Date today) {
  Absences absences;
  for (const Away& away : kAway) {
    const std::optional<PersonId> id = id_of(company, away.mail);
    if (!id) continue;
    Absence absence;
    absence.person = *id;
    absence.type = absence_type(away.category);
    absence.from = Date{sys_days(today) + days(away.from.from_today)};
    if (away.to) absence.to = Date{sys_days(today) + days(away.to->from_today)};
    absence.half_day_end = away.half_day_end;
    absence.changed = company.find(*id)->created;
    absences.add(absence);
  }
  return absences;
}

}  // namespace refledger::sandbox
