#include "desk/web/cases/step_parts.h"

#include <algorithm>

namespace refledger::site {

std::string first_of(const std::string& text, char at) { return text.substr(0, text.find(at)); }

std::string id_of(std::string name) {
  std::ranges::replace(name, '.', '-');
  return name;
}

Json option(const std::string& value, const std::string& label, const std::string& chosen) {
  return {{"value", value}, {"label", label}, {"chosen", value == chosen}};
}

Json input(const StepInput& in, const std::string& name, const char* kind,
           const std::string& hint) {
  Json one{{"name", name},
           {"field_id", id_of(name)},
           {"label", field_said(in.context, name)},
           {"value", in.text(name)},
           {"hint", hint}};
  one[std::string("kind_") + kind] = true;
  return one;
}

Json select(const StepInput& in, const std::string& name, Json options, const std::string& hint) {
  Json one = input(in, name, "select", hint);
  one["options"] = std::move(options);
  return one;
}

Json check(const StepInput& in, const std::string& name) {
  Json one = input(in, name, "check");
  one["checked"] = in.text(name) == "yes";
  return one;
}

std::string rule_said(const StepInput& in, const std::string& field) {
  if (in.type == nullptr) return {};
  const letter::FieldRule& rule = in.type->field(field);
  if (rule.rule == letter::Rule::usual) return {};
  const auto source = in.pack->sources.find(rule.source);
  const std::string where =
      source == in.pack->sources.end() ? rule.source : source->second.reference;
  return said(in.context, std::string("rule_") + letter::name_of(rule.rule), {{"source", where}});
}

bool is_allowed(const StepInput& in, const std::string& field) {
  return in.type == nullptr || in.type->field(field).rule != letter::Rule::forbidden;
}

void add_ground(const StepInput& in, const std::string& field, Json& list) {
  if (in.type == nullptr) return;
  const letter::Rule rule = in.type->field(field).rule;
  if (rule != letter::Rule::on_request && rule != letter::Rule::conditional) return;
  list.push_back(input(in, "grounds." + field, "text", rule_said(in, field)));
}

}  // namespace refledger::site
