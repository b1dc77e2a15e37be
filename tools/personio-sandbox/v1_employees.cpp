// Employees as Personio's API v1 lists and writes them.
//
// Source   developer.personio.de v1: EmployeeAttributes; recordings of 2020 to 2026
#include <algorithm>

#include "tools/personio-sandbox/v1.h"

namespace refledger::sandbox::v1 {
namespace {

using http::Request;

constexpr std::uint64_t kMaxLimit = 100;
constexpr std::uint64_t kDefaultLimit = 50;

/// `standard`, `date`, ... as the API names the kind.
std::string_view type_name(Kind kind) {
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
    case Kind::multiline:
      return "multiline";
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

Json universal_id(const Attribute& attribute) {
  if (!attribute.custom) return attribute.key;
  return attribute.universal_id.empty() ? Json() : Json(attribute.universal_id);
}

Json wrapped(const Attribute& attribute, Json value) {
  return {{"label", attribute.label},
          {"value", std::move(value)},
          {"type", type_name(attribute.kind)},
          {"universal_id", universal_id(attribute)}};
}

struct View {
  const World& world;
  const Employee& employee;
  Date today;
};

Json unit(const View& view, const char* type, Kind kind, const Json& name) {
  if (!name.is_string() || name == "") return nullptr;
  return {{"type", type},
          {"attributes", {{"id", view.world.company.id_of_unit(kind, name)}, {"name", name}}}};
}

/// Recorded accounts have "" for some people and null for others where nothing was ever set.
Json standard(const View& view, const Attribute& attribute, const Json& kept) {
  if (attribute.key == "status") return status_of(view.employee.values, view.today);
  if (kept.is_null() && attribute.empty_is_text && view.employee.id % 2 == 1) return "";
  return kept;
}

Json midnight_or_null(const View& view, const Json& kept) {
  if (!kept.is_string()) return nullptr;
  const Result<Date> day = parse_date(kept.get_ref<const std::string&>(), "date");
  return day ? Json(view.world.local.midnight(*day)) : Json();
}

Json value_of(const View& view, const Attribute& attribute) {
  const Json& kept = view.employee.value(attribute.key);
  switch (attribute.kind) {
    case Kind::standard:
      return standard(view, attribute, kept);
    case Kind::date:
      return midnight_or_null(view, kept);
    case Kind::instant:
      return view.world.local.instant(attribute.key == "created_at" ? view.employee.created
                                                                    : view.employee.modified());
    case Kind::integer:
      return view.employee.id;
    case Kind::decimal:
    case Kind::list:
    case Kind::multiline:
    case Kind::bare_date:
      return kept;
    case Kind::subcompany:
      return unit(view, "Subcompany", attribute.kind, kept);
    case Kind::office:
      return unit(view, "Office", attribute.kind, kept);
    case Kind::department:
      return unit(view, "Department", attribute.kind, kept);
    case Kind::team:
      return unit(view, "Team", attribute.kind, kept);
    case Kind::supervisor:
      return short_employee(view.world.company, kept);
  }
  return nullptr;
}

/// `{"type":"Employee","attributes":{...}}` with the attributes `shown` and always the id.
Json employee_json(const View& view, const std::set<std::string>& shown) {
  Json attributes = Json::object();
  for (const Attribute& attribute : kCatalogue) {
    const std::string key(attribute.key);
    if (key != "id" && !shown.contains(key)) continue;
    Json made = wrapped(attribute, value_of(view, attribute));
    if (key == "fix_salary") made["currency"] = "CHF";
    attributes[key] = std::move(made);
  }
  return {{"type", "Employee"}, {"attributes", std::move(attributes)}};
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

// ---- the list -----------------------------------------------------------------------------------

struct ListQuery {
  std::uint64_t limit = kDefaultLimit;
  std::uint64_t offset = 0;
  std::string email;
  std::optional<UtcMillis> updated_since;
};

Result<void> read_parameter(const LocalTime& local, const std::string& name,
                            const std::string& value, ListQuery& query) {
  if (name == "limit") {
    const auto limit = number(value);
    if (!limit || *limit < 1 || *limit > kMaxLimit) {
      return Error{Fault::out_of_range, "The limit must be between 1 and 100."};
    }
    query.limit = *limit;
  } else if (name == "offset") {
    const auto offset = number(value);
    if (!offset) return Error{Fault::out_of_range, "The offset must be a non-negative integer."};
    query.offset = *offset;
  } else if (name == "email") {
    query.email = value;
  } else if (name == "updated_since") {
    const Result<UtcMillis> since = local.parse(value);
    if (!since) return Error{Fault::malformed, "The updated since is not a valid date."};
    query.updated_since = *since;
  }
  return {};  // Anything else is ignored, as the API does.
}

Result<ListQuery> parse_query(const World& world, const Request& request) {
  const auto pairs = http::form_pairs(request.query);
  if (!pairs) return Error{Fault::malformed, "The query is malformed."};
  ListQuery query;
  for (const auto& [name, value] : *pairs) {
    if (Result<void> read = read_parameter(world.local, name, value, query); !read) {
      return read.error();
    }
  }
  return query;
}

std::set<std::string> shown_attributes(const World& world, const Request& request) {
  const std::set<std::string> asked = asked_attributes(request);
  if (asked.empty()) return world.permitted;
  std::set<std::string> shown;
  std::set_intersection(asked.begin(), asked.end(), world.permitted.begin(), world.permitted.end(),
                        std::inserter(shown, shown.end()));
  return shown;
}

/// With attributes[], only a change of one of those counts.
bool changed_since(const Employee& employee, UtcMillis since, const std::set<std::string>& asked) {
  if (employee.created > since) return true;
  return std::any_of(employee.changed.begin(), employee.changed.end(), [&](const auto& change) {
    return change.second > since && (asked.empty() || asked.contains(change.first));
  });
}

/// Nothing: everybody is meant.
std::optional<std::vector<PersonId>> selected(const World& world, const ListQuery& query,
                                              const std::set<std::string>& asked) {
  const Company& company = world.company;
  std::vector<PersonId> found;
  if (query.updated_since) {
    if (*query.updated_since < company.entered()) return std::nullopt;
    for (const auto& [id, employee] : company.known()) {
      if (changed_since(employee, *query.updated_since, asked)) found.push_back(id);
    }
    return found;
  }
  if (query.email.empty()) return std::nullopt;
  for (auto id = company.after(0); id; id = company.after(*id)) {
    if (company.find(*id)->text("email") == query.email) found.push_back(*id);
  }
  return found;
}

}  // namespace

Json short_employee(const Company& company, const Json& id) {
  const auto found = id.is_number() ? company.find(id.get<PersonId>()) : std::nullopt;
  if (!found) return nullptr;
  Json attributes = {{"id", wrapped(*find_attribute("id"), found->id)}};
  for (const char* key : {"first_name", "last_name", "email"}) {
    attributes[key] = wrapped(*find_attribute(key), found->value(key));
  }
  return {{"type", "Employee"}, {"attributes", std::move(attributes)}};
}

Reply list_employees(const World& world, const Request& request) {
  const Result<ListQuery> query = parse_query(world, request);
  if (!query) return failure(422, query.error().detail, 422);
  const auto chosen = selected(world, *query, asked_attributes(request));
  const std::set<std::string> shown = shown_attributes(world, request);
  const std::uint64_t total = chosen ? chosen->size() : world.company.size();
  Json data = Json::array();
  const std::uint64_t end = std::min(total, query->offset + query->limit);
  for (std::uint64_t at = query->offset; at < end; ++at) {
    const PersonId id = chosen ? chosen->at(at) : *world.company.at(at);
    const Employee employee = *world.company.find(id);
    data.push_back(employee_json({world, employee, world.utc_today()}, shown));
  }
  Reply made = success(std::move(data));
  made.body["metadata"] = {{"total_elements", total},
                           {"current_page", query->offset / query->limit},
                           {"total_pages", (total + query->limit - 1) / query->limit}};
  made.body["offset"] = query->offset;
  made.body["limit"] = query->limit;
  return made;
}

Reply one_employee(const World& world, const Request& request, std::string_view id) {
  const std::optional<std::uint64_t> wanted = number(id);
  if (!wanted) return failure(422, "The employee id must be an integer.", 422);
  const std::optional<Employee> found = world.company.find(*wanted);
  // The text of the API's own specification, its last blank included.
  if (!found) return failure(404, "Es ist ein Problem aufgetreten ", 404);
  return success(
      employee_json({world, *found, world.utc_today()}, shown_attributes(world, request)));
}

Reply list_attributes(const World& world) {
  Json list = Json::array();
  for (const Attribute& attribute : kCatalogue) {
    if (!world.permitted.contains(std::string(attribute.key))) continue;
    list.push_back({{"key", attribute.key},
                    {"label", attribute.label},
                    {"type", type_name(attribute.kind)},
                    {"universal_id", universal_id(attribute)},
                    {"options", options_of(attribute)}});
  }
  return success(std::move(list));
}

}  // namespace refledger::sandbox::v1
