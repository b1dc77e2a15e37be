#include "desk/web/cases/steps.h"

#include "desk/web/cases/step_parts.h"

namespace refledger::site {

StepInput::StepInput(const Context& one, const CasePages& all, desk::Dossier given, desk::Look seen)
    : context(one), pages(all), dossier(std::move(given)), look(std::move(seen)) {
  shown = dossier.sheet.texts();
  country = text("country").empty() ? fact("governing_law") : text("country");
  pack = pack_of(pages, country, context.now);
  if (pack == nullptr) return;
  const auto found = pack->types.find(text("type"));
  if (found != pack->types.end()) type = &found->second;
}

std::string StepInput::text(const std::string& name) const {
  const auto found = shown.find(name);
  return found == shown.end() ? std::string() : found->second;
}

std::string StepInput::fact(const std::string& name) const {
  return desk::value_of(dossier.facts, name).value_or("");
}

void fill_step(const std::string& step, const StepInput& in, Json& values) {
  if (step == "type") return fill_type(in, values);
  if (step == "facts") return fill_facts(in, values);
  if (step == "tasks") return fill_tasks(in, values);
  if (step == "ratings") return fill_ratings(in, values);
  if (step == "text") return fill_text(in, values);
  if (step == "absences") return fill_absences(in, values);
  fill_checks(in, values);
}

desk::Fields posted_fields(const std::string& step, const StepInput& in) {
  desk::Fields changes;
  for (const auto& [name, value] : in.context.form.fields()) {
    if (desk::is_sheet_field(name)) changes[name] = value;
  }
  // An unticked box sends nothing; its name does.
  for (const std::string& name : in.context.form.all("box")) {
    if (desk::is_sheet_field(name) && !changes.contains(name)) changes[name] = "";
  }
  if (step == "type") {
    if (changes["country"] == in.fact("governing_law")) changes["country"] = "";
    if (changes["language"] == in.fact("language")) changes["language"] = "";
    if (!changes["to"].empty() && changes["to"] == in.fact("to")) changes["to"] = "";
  }
  if (step == "facts") take_facts(in, changes);
  if (step == "text") take_texts(in, changes);
  if (step == "absences") take_absences(in, changes);
  if (step == "checks") take_decisions(changes);
  return changes;
}

}  // namespace refledger::site