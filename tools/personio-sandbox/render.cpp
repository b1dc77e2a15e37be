// An employee as Personio's API v1 writes one.
#include "tools/personio-sandbox/render.h"

#include "tools/personio-sandbox/catalogue.h"

namespace refledger::sandbox {
namespace {

Json universal_id(const Attribute& attribute) {
  return attribute.custom ? Json() : Json(attribute.key);
}

Json wrapped(const Attribute& attribute, Json value) {
  return {{"label", attribute.label},
          {"value", std::move(value)},
          {"type", type_name(attribute.kind)},
          {"universal_id", universal_id(attribute)}};
}

Json unit(const Company& company, const char* type, const Json& name) {
  if (!name.is_string() || name == "") return nullptr;
  return {{"type", type},
          {"attributes", {{"id", company.id_of_unit(name.get<std::string>())}, {"name", name}}}};
}

Json short_employee(const Company& company, const Json& id) {
  const Employee* found = id.is_number() ? company.find(id.get<PersonId>()) : nullptr;
  if (found == nullptr) return nullptr;
  Json attributes = Json::object();
  for (const char* key : {"id", "first_name", "last_name", "email"}) {
    attributes[key] = wrapped(*find_attribute(key), found->value(key));
  }
  return {{"type", "Employee"}, {"attributes", std::move(attributes)}};
}

/// Recorded accounts have "" for some people and null for others where nothing was ever set.
Json standard(const Attribute& attribute, const Employee& employee, const Json& kept) {
  const bool odd = employee.value("id").get<PersonId>() % 2 == 1;
  if (kept.is_null() && attribute.empty_is_text && odd) return "";
  return kept;
}

struct View {
  const Company& company;
  const Employee& employee;
  const LocalTime& local;
  Date today;
};

Json midnight_or_null(const View& view, const Json& kept) {
  if (!kept.is_string()) return nullptr;
  const Result<Date> day = parse_date(kept.get<std::string>(), "date");
  return day ? Json(view.local.midnight(*day)) : Json();
}

UtcMillis time_of(const View& view, std::string_view key) {
  if (key == "last_modified_at") return view.employee.modified();
  const auto found = view.employee.changed.find(key);
  return found == view.employee.changed.end() ? UtcMillis{} : found->second;
}

Json value_of(const View& view, const Attribute& attribute) {
  const Json& kept = view.employee.value(attribute.key);
  switch (attribute.kind) {
    case Kind::standard:
      if (attribute.key == "status") return Company::status_of(view.employee, view.today);
      return standard(attribute, view.employee, kept);
    case Kind::date:
      return midnight_or_null(view, kept);
    case Kind::instant:
      return view.local.instant(time_of(view, attribute.key));
    case Kind::integer:
    case Kind::decimal:
    case Kind::list:
    case Kind::bare_date:
      return kept;
    case Kind::subcompany:
      return unit(view.company, "Subcompany", kept);
    case Kind::office:
      return unit(view.company, "Office", kept);
    case Kind::department:
      return unit(view.company, "Department", kept);
    case Kind::team:
      return unit(view.company, "Team", kept);
    case Kind::supervisor:
      return short_employee(view.company, kept);
  }
  return nullptr;
}

Json options_of(const Attribute& attribute) {
  Json options = Json::array();
  std::string_view rest = attribute.options;
  while (!rest.empty()) {
    const std::string_view option = rest.substr(0, rest.find(','));
    options.push_back(option);
    rest.remove_prefix(std::min(option.size() + 1, rest.size()));
  }
  return options;
}

}  // namespace

Json employee_json(const Company& company, const Employee& employee,
                   const std::set<std::string>& shown, const LocalTime& local, Date today) {
  const View view{company, employee, local, today};
  Json attributes = Json::object();
  for (const Attribute& attribute : kCatalogue) {
    const std::string key(attribute.key);
    if (key != "id" && !shown.contains(key)) continue;
    Json made = wrapped(attribute, value_of(view, attribute));
    if (attribute.kind == Kind::decimal) made["currency"] = "CHF";
    attributes[key] = std::move(made);
  }
  return {{"type", "Employee"}, {"attributes", std::move(attributes)}};
}

Json attributes_json(const std::set<std::string>& shown) {
  Json list = Json::array();
  for (const Attribute& attribute : kCatalogue) {
    if (!shown.contains(std::string(attribute.key))) continue;
    Json made = {{"key", attribute.key},
                 {"label", attribute.label},
                 {"type", type_name(attribute.kind)},
                 {"universal_id", universal_id(attribute)}};
    if (attribute.kind == Kind::list) made["options"] = options_of(attribute);
    list.push_back(std::move(made));
  }
  return list;
}

}  // namespace refledger::sandbox
