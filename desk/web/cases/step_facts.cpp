// What the HR system says, with its origin, and what somebody puts in its place.
#include <algorithm>
#include <array>

#include "desk/case/sheet_order.h"
#include "desk/web/cases/step_parts.h"

namespace refledger::site {
namespace {

struct FactField {
  const char* field;
  const char* rule;  ///< as the packs name it
  bool is_date;
};
constexpr std::array<FactField, 11> kFactFields{{{"given_name", "name", false},
                                                 {"family_name", "name", false},
                                                 {"academic_title", "academic_title", false},
                                                 {"salutation", "name", false},
                                                 {"birthdate", "birthdate", true},
                                                 {"place_of_origin", "place_of_origin", false},
                                                 {"employed_from", "employed_from", true},
                                                 {"employed_to", "employed_to", true},
                                                 {"functions.1.title", "function", false},
                                                 {"functions.1.department", "department", false},
                                                 {"functions.1.workload", "workload", false}}};

Json fact_json(const StepInput& in, const FactField& field) {
  const std::string behind = desk::fact_behind(field.field);
  const auto told = in.dossier.facts.find(behind);
  const bool has_told = told != in.dossier.facts.end();
  const std::string own = in.text(field.field);
  Json one = input(in, field.field, field.is_date ? "date" : "text", rule_said(in, field.rule));
  if (std::string_view(field.field) == "salutation") {
    const std::string chosen = !own.empty() ? own : has_told ? told->second.value : "neutral";
    one =
        select(in, field.field,
               Json::array({option("female", said(in.context, "salutation_female"), chosen),
                            option("male", said(in.context, "salutation_male"), chosen),
                            option("neutral", said(in.context, "salutation_neutral"),
                                   chosen == "female" || chosen == "male" ? chosen : "neutral")}));
    if (has_told) one["origin"] = origin_said(in.context, told->second.from);
    return one;
  }
  one["value"] = !own.empty() || !has_told ? own : told->second.value;
  if (!has_told) {
    const auto entry = in.dossier.sheet.fields.find(field.field);
    if (entry != in.dossier.sheet.fields.end() && !entry->second.text.empty()) {
      one["origin"] =
          said(in.context, "origin_typed",
               {{"name", entry->second.by.name}, {"at", in.context.time(entry->second.by.at)}});
    }
    return one;
  }
  const bool overruled = !own.empty() && own != told->second.value;
  one["has_choice"] = true;
  one["behind"] = behind;
  one["overruled"] = overruled;
  one["told"] = field.is_date ? shown_day(in.context, told->second.value) : told->second.value;
  one["source"] = told->second.from.source;
  one["origin"] = origin_said(in.context, told->second.from);
  one["reason_name"] = "reasons." + behind;
  one["reason_id"] = id_of("reasons." + behind);
  one["reason"] = in.text("reasons." + behind);
  one["no_reason"] = overruled && in.text("reasons." + behind).empty();
  return one;
}

}  // namespace

void fill_facts(const StepInput& in, Json& values) {
  Json fields = Json::array();
  for (const FactField& field : kFactFields) {
    const bool asked = is_allowed(in, field.rule) || !in.text(field.field).empty();
    if (!asked || (in.dossier.interim && std::string_view(field.rule) == "employed_to")) continue;
    fields.push_back(fact_json(in, field));
    add_ground(in, field.rule, fields);
  }
  values["is_facts"] = true;
  values["fields"] = std::move(fields);
}

// A value is the HR system's where that was chosen, or where the same was typed.
void take_facts(const StepInput& in, desk::Fields& changes) {
  for (const FactField& field : kFactFields) {
    const std::string name = field.field;
    const auto posted = changes.find(name);
    if (posted == changes.end()) continue;
    const std::string behind = desk::fact_behind(name);
    std::string told = in.fact(behind);
    if (name == "salutation" && told != "female" && told != "male") told = "neutral";
    const bool as_told = in.context.form.get("source." + behind) == "told";
    if (as_told || posted->second == told) posted->second.clear();
    if (posted->second.empty() && changes.contains("reasons." + behind)) {
      changes["reasons." + behind].clear();
    }
  }
}

bool is_fact_field(const std::string& name) {
  return std::ranges::any_of(kFactFields, [&](const FactField& field) {
    return name == field.field || name == field.rule;
  });
}

}  // namespace refledger::site
