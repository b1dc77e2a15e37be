// The attributes that the made-up company keeps about its people, as Personio describes them.
//
// Source   developer.personio.de v1: employees, employees/attributes; v2: persons, employments
#pragma once

#include <array>
#include <string_view>

namespace refledger::sandbox {

enum class Kind {
  standard,
  multiline,
  date,       ///< kept as YYYY-MM-DD, told by v1 as the company's local midnight
  bare_date,  ///< a custom date field: told as YYYY-MM-DD
  instant,    ///< told by v1 as local time with its offset
  integer,
  decimal,
  list,        ///< one of its options
  subcompany,  ///< v1 tells these as objects with id and name, v2 as ids
  office,
  department,
  team,
  supervisor,  ///< v1 tells an employee in short
};

/// What an attribute belongs to: several employments may follow one another in one person.
enum class Of { person, employment };

struct Attribute {
  std::string_view key;
  std::string_view label;
  Kind kind = Kind::standard;
  Of of = Of::person;
  bool custom = false;
  std::string_view universal_id = {};  ///< of a custom attribute; the others' is their key
  bool empty_is_text = false;          ///< unset, it is "" for some people and null for others
  bool permitted = true;               ///< ticked on the API credential from the start
  std::string_view options = {};       ///< of a list, separated by commas
};

constexpr Attribute custom(std::string_view key, std::string_view label, Kind kind,
                           std::string_view options = {}, std::string_view universal_id = {}) {
  return {key, label, kind, Of::person, true, universal_id, false, true, options};
}
constexpr Attribute work(std::string_view key, std::string_view label, Kind kind = Kind::standard,
                         bool empty_is_text = false) {
  return {key, label, kind, Of::employment, false, {}, empty_is_text};
}

// The keys of custom attributes are those of docs/personio-sandbox.md.
inline constexpr auto kCatalogue = std::to_array<Attribute>({
    {"id", "ID", Kind::integer},
    {"first_name", "First name"},
    {"last_name", "Last name"},
    {"preferred_name", "Name (preferred)"},
    {"email", "Email"},
    {"gender", "Gender"},
    work("status", "Status"),
    work("position", "Position"),
    work("supervisor", "Supervisor", Kind::supervisor),
    work("employment_type", "Employment type"),
    work("weekly_working_hours", "Weekly hours"),
    work("hire_date", "Hire date", Kind::date),
    work("contract_end_date", "Contract ends", Kind::date),
    work("termination_date", "Termination date", Kind::date),
    work("termination_type", "Termination type", Kind::standard, true),
    work("termination_reason", "Termination reason", Kind::standard, true),
    work("probation_period_end", "Probation period end", Kind::date),
    {"created_at", "created_at", Kind::instant},
    {"last_modified_at", "Last modified", Kind::instant},
    work("subcompany", "Subcompany", Kind::subcompany),
    work("office", "Workplace", Kind::office),
    work("department", "Department", Kind::department),
    work("team", "Team", Kind::team),
    work("last_working_day", "Last day of work", Kind::date),
    {"fix_salary", "Fix salary", Kind::decimal, Of::person, false, {}, false, false},
    custom("dynamic_101", "Private E-Mail", Kind::standard),
    custom("dynamic_102", "Arbeitsland", Kind::list, "CH,DE,AT,FR,IT"),
    custom("dynamic_103", "Dokumentsprache", Kind::list, "de,en,fr,it"),
    custom("dynamic_104", "Zeugniswunsch", Kind::list, "confirmation,full"),
    custom("dynamic_105", "Geburtsdatum", Kind::bare_date, {}, "date_of_birth"),
    custom("dynamic_106", "Funktionsstufe", Kind::list,
           "Lernende,Mitarbeitende,Fachverantwortung,Kader"),
    custom("dynamic_107", "Heimatort", Kind::standard),
    custom("dynamic_108", "Pensum", Kind::decimal),
    custom("dynamic_109", "Titel", Kind::standard),
    custom("dynamic_110", "Adresse", Kind::multiline),
});

inline constexpr std::string_view kPrivateEmail = "dynamic_101";
inline constexpr std::string_view kCountry = "dynamic_102";
inline constexpr std::string_view kLanguage = "dynamic_103";
inline constexpr std::string_view kWish = "dynamic_104";
inline constexpr std::string_view kBirthday = "dynamic_105";
inline constexpr std::string_view kRoleLevel = "dynamic_106";
inline constexpr std::string_view kPlaceOfOrigin = "dynamic_107";
inline constexpr std::string_view kWorkload = "dynamic_108";
inline constexpr std::string_view kTitle = "dynamic_109";
inline constexpr std::string_view kAddress = "dynamic_110";

/// nullptr if there is no such attribute.
constexpr const Attribute* find_attribute(std::string_view key) {
  for (const Attribute& attribute : kCatalogue) {
    if (attribute.key == key) return &attribute;
  }
  return nullptr;
}

/// Whether it is kept as the name of a department, an office and the like.
constexpr bool is_unit(Kind kind) {
  return kind == Kind::subcompany || kind == Kind::office || kind == Kind::department ||
         kind == Kind::team;
}

}  // namespace refledger::sandbox
