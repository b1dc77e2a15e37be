// The attributes that the made-up company keeps about its people, as Personio describes them.
//
// Source   developer.personio.de v1: employees, employees/attributes
#pragma once

#include <array>
#include <string_view>

namespace refledger::sandbox {

enum class Kind {
  standard,
  date,       ///< kept as YYYY-MM-DD, told as the company's local midnight
  bare_date,  ///< a custom date field: told as YYYY-MM-DD
  instant,    ///< told as local time with its offset
  integer,
  decimal,
  list,        ///< one of its options
  subcompany,  ///< these are told as objects with id and name
  office,
  department,
  team,
  supervisor,  ///< told as an employee in short
};

struct Attribute {
  std::string_view key;
  std::string_view label;
  Kind kind = Kind::standard;
  bool custom = false;            ///< universal_id is null
  bool empty_is_text = false;     ///< unset, it is "" for some people and null for others
  bool permitted = true;          ///< ticked on the API credential from the start
  std::string_view options = {};  ///< of a list, separated by commas
};

// The keys of custom attributes are those of docs/personio-sandbox.md.
inline constexpr auto kCatalogue = std::to_array<Attribute>({
    {"id", "ID", Kind::integer},
    {"first_name", "First name"},
    {"last_name", "Last name"},
    {"preferred_name", "Name (preferred)"},
    {"email", "Email"},
    {"gender", "Gender"},
    {"status", "Status"},
    {"position", "Position"},
    {"supervisor", "Supervisor", Kind::supervisor},
    {"employment_type", "Employment type"},
    {"weekly_working_hours", "Weekly hours"},
    {"hire_date", "Hire date", Kind::date},
    {"contract_end_date", "Contract ends", Kind::date},
    {"termination_date", "Termination date", Kind::date},
    {"termination_type", "Termination type", Kind::standard, false, true},
    {"termination_reason", "Termination reason", Kind::standard, false, true},
    {"probation_period_end", "Probation period end", Kind::date},
    {"created_at", "created_at", Kind::instant},
    {"last_modified_at", "Last modified", Kind::instant},
    {"subcompany", "Subcompany", Kind::subcompany},
    {"office", "Workplace", Kind::office},
    {"department", "Department", Kind::department},
    {"team", "Team", Kind::team},
    {"last_working_day", "Last day of work", Kind::date},
    {"fix_salary", "Fix salary", Kind::decimal, false, false, false},
    {"dynamic_101", "Private E-Mail", Kind::standard, true},
    {"dynamic_102", "Arbeitsland", Kind::list, true, false, true, "CH,DE,AT"},
    {"dynamic_103", "Dokumentsprache", Kind::list, true, false, true, "de,en"},
    {"dynamic_104", "Zeugniswunsch", Kind::list, true, false, true, "confirmation,full"},
    {"dynamic_105", "Geburtsdatum", Kind::bare_date, true},
});

inline constexpr std::string_view kPrivateEmail = "dynamic_101";
inline constexpr std::string_view kCountry = "dynamic_102";
inline constexpr std::string_view kLanguage = "dynamic_103";
inline constexpr std::string_view kWish = "dynamic_104";
inline constexpr std::string_view kBirthday = "dynamic_105";

/// nullptr if there is no such attribute.
constexpr const Attribute* find_attribute(std::string_view key) {
  for (const Attribute& attribute : kCatalogue) {
    if (attribute.key == key) return &attribute;
  }
  return nullptr;
}

/// `standard`, `date`, ... as the API names the kind.
constexpr std::string_view type_name(Kind kind) {
  switch (kind) {
    case Kind::date:
    case Kind::bare_date:
    case Kind::instant:
      return "date";
    case Kind::integer:
      return "integer";
    case Kind::decimal:
      return "decimal";
    case Kind::list:
      return "list";
    case Kind::standard:
    case Kind::subcompany:
    case Kind::office:
    case Kind::department:
    case Kind::team:
    case Kind::supervisor:
      return "standard";
  }
  return "standard";
}

}  // namespace refledger::sandbox
