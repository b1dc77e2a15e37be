// People without end, for large companies.
#include "tools/personio-sandbox/generator.h"

#include <algorithm>
#include <array>
#include <string>

#include "tools/personio-sandbox/catalogue.h"
#include "tools/personio-sandbox/draw.h"
#include "tools/personio-sandbox/people.h"

namespace refledger::sandbox {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

struct Name {
  const char* shown;
  const char* mail;
  const char* gender = "";
};

constexpr std::array<Name, 24> kFirst = {{{"Anna", "anna", "female"},
                                          {"Björn", "bjoern", "male"},
                                          {"Chloé", "chloe", "female"},
                                          {"Dimitri", "dimitri", "male"},
                                          {"Élodie", "elodie", "female"},
                                          {"Florian", "florian", "male"},
                                          {"Giulia", "giulia", "female"},
                                          {"Håkon", "haakon", "male"},
                                          {"Ilse", "ilse", "female"},
                                          {"Jörg", "joerg", "male"},
                                          {"Kübra", "kuebra", "female"},
                                          {"Luca", "luca", "male"},
                                          {"Małgorzata", "malgorzata", "female"},
                                          {"Niklaus", "niklaus", "male"},
                                          {"Ondřej", "ondrej", "male"},
                                          {"Paula", "paula", "female"},
                                          {"Quirin", "quirin", "male"},
                                          {"Ruža", "ruza", "female"},
                                          {"Sándor", "sandor", "male"},
                                          {"Teodora", "teodora", "female"},
                                          {"Ursina", "ursina", "female"},
                                          {"Väinö", "vaino", "male"},
                                          {"Willem", "willem", "male"},
                                          {"Yaël", "yael", "female"}}};

constexpr std::array<Name, 26> kLast = {
    {{"Achermann", "achermann"}, {"Bächtold", "baechtold"},    {"Cerný", "cerny"},
     {"Dietrich", "dietrich"},   {"Egger", "egger"},           {"Favre", "favre"},
     {"Günther", "guenther"},    {"Hofstetter", "hofstetter"}, {"Ivanović", "ivanovic"},
     {"Jäggi", "jaeggi"},        {"Kaufmann", "kaufmann"},     {"Lüthi", "luethi"},
     {"Marković", "markovic"},   {"Nägeli", "naegeli"},        {"Oberholzer", "oberholzer"},
     {"Pfister", "pfister"},     {"Quadri", "quadri"},         {"Rößler", "roessler"},
     {"Schär", "schaer"},        {"Tschudi", "tschudi"},       {"Ulrich", "ulrich"},
     {"Vögeli", "voegeli"},      {"Wälti", "waelti"},          {"Xhaferi", "xhaferi"},
     {"Yıldız", "yildiz"},       {"Zgraggen", "zgraggen"}}};

struct Work {
  const char* position;
  const char* department;
};

constexpr std::array<Work, 9> kWork = {{{"Monteur", "Fertigung"},
                                        {"Polymechanikerin", "Fertigung"},
                                        {"Logistiker", "Fertigung"},
                                        {"Software Engineer", "Entwicklung"},
                                        {"Optical Engineer", "Entwicklung"},
                                        {"Prüftechniker", "Qualität"},
                                        {"Sachbearbeiterin Verkauf", "Vertrieb"},
                                        {"Service Engineer", "Service"},
                                        {"Buchhalter", "Finanzen"}}};

std::string day_text(Date today, int from_today) {
  return format_date(Date{sys_days(today) + days(from_today)});
}

void add_end(Draw& draw, Date today, Values& values) {
  const std::size_t fate = draw.below(100);
  if (fate >= 9) return;
  const auto distance = static_cast<int>(draw.below(fate < 5 ? 300 : 120)) + 1;
  if (fate < 8) {
    values["termination_date"] = day_text(today, fate < 5 ? -distance : distance);
    values["termination_type"] = draw.below(3) == 0 ? "agreement" : "employee";
    if (draw.below(2) == 0) values[std::string(kWish)] = "confirmation";
  } else {
    values["contract_end_date"] = day_text(today, distance);
  }
}

void add_work(Draw& draw, Values& values) {
  static constexpr std::array<const char*, 4> kHours = {"42", "40", "33.6", "21"};
  const Work& work = kWork.at(draw.below(kWork.size()));
  const bool german = draw.below(3) == 0;
  values["position"] = work.position;
  values["department"] = work.department;
  values["office"] = german ? "Konstanz" : "Winterthur";
  values["subcompany"] = company_of(german, work.department);
  values["weekly_working_hours"] = kHours.at(draw.below(kHours.size()));
  values["employment_type"] = "internal";
  values["status"] = draw.below(40) == 0 ? "leave" : "active";
  values["fix_salary"] = 4500 + 50 * draw.below(100);
  values[std::string(kCountry)] = german ? "DE" : "CH";
  values[std::string(kLanguage)] = draw.below(4) == 0 ? "en" : "de";
}

void add_about(Draw& draw, Values& values) {
  static constexpr std::array<const char*, 6> kOrigins = {"Trub BE",   "Wil SG",   "Sargans SG",
                                                          "Uznach SG", "Aarau AG", "Chur GR"};
  if (values[std::string(kCountry)] == "CH") {
    values[std::string(kPlaceOfOrigin)] = kOrigins.at(draw.below(kOrigins.size()));
  }
  values[std::string(kRoleLevel)] = draw.below(12) == 0 ? "Kader" : "Mitarbeitende";
}

}  // namespace

std::vector<std::pair<Kind, std::string>> units_of_crowd() {
  std::vector<std::pair<Kind, std::string>> units = {
      {Kind::subcompany, std::string(kSwissCompany)},
      {Kind::subcompany, std::string(kGermanCompany)},
      {Kind::office, "Winterthur"},
      {Kind::office, "Konstanz"}};
  for (const Work& work : kWork) {
    const std::pair<Kind, std::string> department(Kind::department, work.department);
    if (std::find(units.begin(), units.end(), department) == units.end()) {
      units.push_back(department);
    }
  }
  return units;
}

Values generated_person(std::size_t number, Date today) {
  Draw draw(number);
  const Name& first = kFirst.at(draw.below(kFirst.size()));
  const Name& last = kLast.at(draw.below(kLast.size()));
  const std::string mail = std::string(first.mail) + "." + last.mail + std::to_string(number);
  Values values;
  values["first_name"] = first.shown;
  values["last_name"] = last.shown;
  values["gender"] = first.gender;
  values["email"] = mail + "@seewald-instrumente.example";
  values["hire_date"] = day_text(today, -301 - static_cast<int>(draw.below(7000)));
  values[std::string(kPrivateEmail)] = mail + "@post.example";
  values[std::string(kBirthday)] = day_text(today, -14600 - static_cast<int>(draw.below(9000)));
  add_work(draw, values);
  add_end(draw, today, values);
  add_about(draw, values);
  return values;
}

}  // namespace refledger::sandbox
