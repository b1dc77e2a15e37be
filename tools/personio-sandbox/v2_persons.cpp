// Persons and their employments as Personio's API v2 tells them.
//
// Shape    Only what is ticked on the credential: a person shrinks to id and employments, an
//          employment to id, person and status.  What is not set is left out, but for the two end
//          dates, which are null, as in the API's own example.
// Source   developer.personio.de v2: Person, Employment
#include <algorithm>

#include "tools/personio-sandbox/listing.h"
#include "tools/personio-sandbox/people.h"
#include "tools/personio-sandbox/v2.h"

namespace refledger::sandbox::v2 {
namespace {

const ListRules kPersons = {
    10,
    50,
    {"id", "email", "first_name", "last_name", "preferred_name", "created_at", "created_at.gt",
     "created_at.lt", "updated_at", "updated_at.gt", "updated_at.lt", "status"}};
const ListRules kEmployments = {10, 50, {"id", "updated_at", "updated_at.gt", "updated_at.lt"}};

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  });
  return text;
}

/// Sets `name` to the value of the attribute `key`, if that is ticked and set.
struct Filler {
  const World& world;
  const Values& values;
  Json& out;

  bool ticked(std::string_view key) const { return world.permitted.contains(std::string(key)); }
  bool has(std::string_view key) const {
    const Json& value = value_in(values, key);
    return ticked(key) && !value.is_null() && value != "";
  }
  const Json& at(std::string_view key) const { return value_in(values, key); }
  void copy(std::string_view key, const char* name) const {
    if (has(key)) out[name] = at(key);
  }
  void copy_or_null(std::string_view key, const char* name) const {
    if (ticked(key)) out[name] = at(key);
  }
  void in_capitals(std::string_view key, const char* name) const {
    if (has(key)) out[name] = upper(at(key).get<std::string>());
  }
  void reference(std::string_view key, const char* name) const {
    if (has(key)) out[name] = {{"id", id_of(key)}};
  }
  std::string id_of(std::string_view key) const {
    return std::to_string(world.company.id_of_unit(find_attribute(key)->kind, at(key)));
  }
};

// ---- persons ------------------------------------------------------------------------------------

UtcMillis updated(const World& world, const Employee& employee) {
  return world.employment_touches_person ? employee.modified() : employee.modified(Of::person);
}

std::string person_status(const World& world, const Employee& employee) {
  return status_of(employee.values, world.utc_today()) == "inactive" ? "INACTIVE" : "ACTIVE";
}

/// In small letters, as the real API writes them against its own description.
const char* type_name(Kind kind) {
  if (kind == Kind::bare_date) return "date";
  return kind == Kind::decimal ? "double" : "string";
}

Json custom_attributes(const World& world, const Employee& employee) {
  Json list = Json::array();
  for (const Attribute& attribute : kCatalogue) {
    if (!attribute.custom || !world.permitted.contains(std::string(attribute.key))) continue;
    const Json& value = employee.value(attribute.key);
    if (value.is_null() || value == "") continue;
    Json made = {{"id", attribute.key},
                 {"type", type_name(attribute.kind)},
                 {"value", value},
                 {"label", attribute.label}};
    if (!attribute.universal_id.empty()) made["global_id"] = attribute.universal_id;
    list.push_back(std::move(made));
  }
  return list;
}

Json person_json(const World& world, const Employee& employee) {
  const std::string id = std::to_string(employee.id);
  Json made = {{"id", id}, {"employments", Json::array()}};
  for (std::size_t number = employee.earlier.size() + 1; number-- > 0;) {
    made["employments"].push_back({{"id", employment_id(employee.id, number)}});
  }
  const Filler fill{world, employee.values, made};
  fill.copy("email", "email");
  fill.copy("first_name", "first_name");
  fill.copy("last_name", "last_name");
  fill.copy("preferred_name", "preferred_name");
  fill.in_capitals("gender", "gender");
  if (fill.ticked("status")) made["status"] = person_status(world, employee);
  if (fill.ticked("created_at")) made["created_at"] = seconds_text(employee.created);
  if (fill.ticked("last_modified_at")) made["updated_at"] = seconds_text(updated(world, employee));
  made["custom_attributes"] = custom_attributes(world, employee);
  const std::string employments = "/v2/persons/" + id + "/employments";
  made["_meta"] = {{"links", {{"employments", {{"href", link(world, employments)}}}}}};
  return made;
}

bool selected(const World& world, const Listing& listing, const Employee& employee) {
  for (const char* name : {"email", "first_name", "last_name", "preferred_name"}) {
    if (!listing.allows(name, employee.text(name))) return false;
  }
  return listing.allows("id", std::to_string(employee.id)) &&
         listing.allows("status", person_status(world, employee)) &&
         listing.allows_time("created_at", employee.created) &&
         listing.allows_time("updated_at", updated(world, employee));
}

/// Walks on from `after`, past those who cannot be meant where that is known without looking.
std::optional<PersonId> candidate(const Company& company, const Listing& listing, PersonId after) {
  for (const char* name : {"updated_at.gt", "created_at.gt"}) {
    const auto above = listing.time(name);
    if (!above || *above < company.entered()) continue;
    const auto next = company.known().upper_bound(after);
    return next == company.known().end() ? std::nullopt : std::optional(next->first);
  }
  return company.after(after);
}

std::optional<PersonId> next_in(const std::optional<std::set<PersonId>>& asked, const World& world,
                                const Listing& listing, PersonId after) {
  if (!asked) return candidate(world.company, listing, after);
  const auto next = asked->upper_bound(after);
  return next == asked->end() ? std::nullopt : std::optional(*next);
}

// ---- employments --------------------------------------------------------------------------------

Json termination(const World& world, const Values& values) {
  Json made = Json::object();
  const Filler fill{world, values, made};
  fill.copy("termination_date", "termination_date");
  fill.copy("last_working_day", "last_working_day");
  fill.in_capitals("termination_type", "type");
  fill.copy("termination_reason", "reason");
  return made;
}

Json org_units(const Filler& fill) {
  Json units = Json::array();
  for (const char* type : {"department", "team"}) {
    if (fill.has(type)) units.push_back({{"type", type}, {"id", fill.id_of(type)}});
  }
  return units;
}

struct Employed {
  const Employee& employee;
  std::size_t number;  ///< from 0, the first one

  bool newest() const { return number == employee.earlier.size(); }
  const Values& values() const {
    return newest() ? employee.values : employee.earlier[number].values;
  }
  UtcMillis changed() const {
    return newest() ? employee.modified(Of::employment) : employee.earlier[number].changed;
  }
  std::string id() const { return employment_id(employee.id, number); }
};

void add_hours(const Filler& fill, Json& made) {
  if (!fill.has("weekly_working_hours")) return;
  made["weekly_working_hours"] =
      Json::parse(fill.at("weekly_working_hours").get<std::string>(), nullptr, false);
  const bool german = fill.at("subcompany") == std::string(kGermanCompany);
  made["full_time_weekly_working_hours"] = german ? 40 : 42;
}

Json employment_json(const World& world, const Employed& employed) {
  const std::string person = std::to_string(employed.employee.id);
  Json made = {{"id", employed.id()},
               {"person", {{"id", person}}},
               {"status", upper(status_of(employed.values(), world.utc_today()))}};
  const Filler fill{world, employed.values(), made};
  if (fill.has("position")) made["position"] = {{"title", fill.at("position")}};
  add_hours(fill, made);
  fill.in_capitals("employment_type", "type");
  fill.copy("hire_date", "employment_start_date");
  fill.copy_or_null("termination_date", "employment_end_date");
  fill.copy_or_null("contract_end_date", "contract_end_date");
  fill.copy("probation_period_end", "probation_end_date");
  Json ended = termination(world, employed.values());
  if (!ended.empty()) made["termination"] = std::move(ended);
  if (fill.has("supervisor")) {
    made["supervisor"] = {{"id", std::to_string(fill.at("supervisor").get<PersonId>())}};
  }
  fill.reference("office", "office");
  fill.reference("subcompany", "legal_entity");
  fill.reference("subcompany", "sub_company");
  if (fill.ticked("department") || fill.ticked("team")) made["org_units"] = org_units(fill);
  if (fill.ticked("created_at")) made["created_at"] = seconds_text(employed.employee.created);
  if (fill.ticked("last_modified_at")) made["updated_at"] = seconds_text(employed.changed());
  made["_meta"] = {{"links", {{"person", {{"href", link(world, "/v2/persons/" + person)}}}}}};
  return made;
}

std::optional<Employee> find(const World& world, std::string_view id) {
  const std::optional<PersonId> number = whole_number(id);
  return number ? world.company.find(*number) : std::nullopt;
}

}  // namespace

Reply list_persons(const World& world, const http::Request& request) {
  const Result<Listing> listing = parse_listing(request, kPersons);
  if (!listing) return bad_request(world, listing.error().detail);
  const auto status = listing->filters.find("status");
  if (status != listing->filters.end() && status->second != "ACTIVE" &&
      status->second != "INACTIVE") {
    return bad_request(world, "Provided request parameters are invalid.");
  }
  const auto asked = listing->numbers("id");
  Json rows = Json::array();
  PersonId last = listing->after;
  for (PersonId at = last; const auto id = next_in(asked, world, *listing, at); at = *id) {
    const std::optional<Employee> employee = world.company.find(*id);
    if (!employee || !selected(world, *listing, *employee)) continue;
    if (rows.size() == listing->limit) {
      return page(world, *listing, std::move(rows), "/v2/persons", last);
    }
    rows.push_back(person_json(world, *employee));
    last = *id;
  }
  return page(world, *listing, std::move(rows), "/v2/persons", std::nullopt);
}

Reply one_person(const World& world, std::string_view id) {
  const std::optional<Employee> employee = find(world, id);
  return employee ? Reply{200, person_json(world, *employee)} : not_found(world);
}

Reply list_employments(const World& world, const http::Request& request, std::string_view person) {
  const std::optional<Employee> employee = find(world, person);
  if (!employee) return not_found(world);
  const Result<Listing> listing = parse_listing(request, kEmployments);
  if (!listing) return bad_request(world, listing.error().detail);
  Json rows = Json::array();
  // The newest first: the place of a row counts from it.
  for (std::size_t place = 0; place <= employee->earlier.size(); ++place) {
    const Employed employed{*employee, employee->earlier.size() - place};
    if (!listing->allows("id", employed.id())) continue;
    if (!listing->allows_time("updated_at", employed.changed())) continue;
    if (place < listing->after) continue;
    if (rows.size() == listing->limit) {
      return page(world, *listing, std::move(rows), "/v2/employments", place);
    }
    rows.push_back(employment_json(world, employed));
  }
  return page(world, *listing, std::move(rows), "/v2/employments", std::nullopt);
}

Reply one_employment(const World& world, std::string_view person, std::string_view id) {
  const std::optional<Employee> employee = find(world, person);
  if (!employee) return not_found(world);
  for (std::size_t number = 0; number <= employee->earlier.size(); ++number) {
    const Employed employed{*employee, number};
    if (employed.id() == id) return {200, employment_json(world, employed)};
  }
  return not_found(world);
}

}  // namespace refledger::sandbox::v2
