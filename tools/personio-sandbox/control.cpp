// The control path.
#include "tools/personio-sandbox/control.h"

#include <array>

#include "tools/personio-sandbox/catalogue.h"
#include "tools/personio-sandbox/people.h"

namespace refledger::sandbox {
namespace {

using http::Request;
using http::Response;
using std::chrono::days;
using std::chrono::sys_days;

constexpr std::size_t kMaxBody = std::size_t{64} * 1024;

struct Alias {
  std::string_view name;
  std::string_view key;
};

// What people call the custom attributes.
constexpr std::array<Alias, 5> kAliases = {{{"private_email", kPrivateEmail},
                                            {"country", kCountry},
                                            {"language", kLanguage},
                                            {"wish", kWish},
                                            {"birthday", kBirthday}}};

std::string key_of(const std::string& name) {
  for (const Alias& alias : kAliases) {
    if (alias.name == name) return std::string(alias.key);
  }
  return name;
}

unsigned status_of(Fault fault) {
  switch (fault) {
    case Fault::not_found:
      return 404;
    case Fault::conflict:
      return 409;
    case Fault::malformed:
    case Fault::out_of_range:
    case Fault::refused:
      return 400;
    case Fault::storage:
    case Fault::upstream:
      return 500;
  }
  return 500;
}

Response failed(const Error& error) {
  return json_answer(status_of(error.fault), {{"error", error.detail}});
}

Response done(Json body = Json::object()) { return json_answer(200, body); }

/// Every member but `id` as an attribute's new value.
Values values_in(const Json& order) {
  Values values;
  for (const auto& [name, value] : order.items()) {
    if (name != "id") values[key_of(name)] = value;
  }
  return values;
}

std::string day_text(const World& world, int from_today) {
  const Date today = world.local.date_of(world.clock.now());
  return format_date(Date{sys_days(today) + days(from_today)});
}

Response set_values(World& world, const Json& order, const Values& values) {
  const Result<std::uint64_t> id = number_member(order, "id");
  if (!id) return failed(id.error());
  if (Result<void> set = world.company.set(*id, values, world.clock.now()); !set) {
    return failed(set.error());
  }
  return done({{"id", *id}});
}

Response hire(World& world, const Json& order) {
  Values values = {{"hire_date", day_text(world, 0)},
                   {"status", "active"},
                   {"gender", "diverse"},
                   {"position", "Sachbearbeiter/in"},
                   {"department", "Fertigung"},
                   {"office", "Winterthur"},
                   {"subcompany", kSwissCompany},
                   {"employment_type", "internal"},
                   {"weekly_working_hours", "42"},
                   {std::string(kCountry), "CH"},
                   {std::string(kLanguage), "de"}};
  for (auto& [key, value] : values_in(order)) values[key] = value;
  const Result<PersonId> id = world.company.hire(values, world.clock.now());
  if (!id) return failed(id.error());
  return done({{"id", *id}});
}

/// Unless the order says otherwise the last day was yesterday.
Response terminate(World& world, const Json& order) {
  Values values = {{"termination_date", day_text(world, -1)}, {"termination_type", "employee"}};
  for (auto& [key, value] : values_in(order)) values[key] = value;
  return set_values(world, order, values);
}

/// A fixed term goes on, or a notice is taken back.
Response extend(World& world, const Json& order) {
  Values values = {{"termination_date", nullptr},
                   {"termination_type", nullptr},
                   {"termination_reason", nullptr},
                   {"last_working_day", nullptr}};
  for (auto& [key, value] : values_in(order)) values[key] = value;
  return set_values(world, order, values);
}

Response set_any(World& world, const Json& order) {
  return set_values(world, order, values_in(order));
}

Response revoke_tokens(World& world, const Json& order) {
  if (order.contains("lifetime_seconds")) {
    const Result<std::uint64_t> lifetime = number_member(order, "lifetime_seconds");
    if (!lifetime || *lifetime > 86400) return failed({Fault::malformed, "lifetime_seconds"});
    world.tokens.set_lifetime(std::chrono::seconds(*lifetime));
  }
  world.tokens.revoke();
  return done();
}

std::uint64_t number_or(const Json& order, const char* name, std::uint64_t otherwise) {
  const Result<std::uint64_t> number = number_member(order, name);
  return number ? *number : otherwise;
}

Response plan_fault(World& world, const Json& order) {
  const Result<std::string> name = string_member(order, "kind");
  if (!name) return failed(name.error());
  if (*name == "none") {
    world.faults.clear();
    return done();
  }
  const Result<FaultKind> kind = parse_fault(*name);
  if (!kind) return failed(kind.error());
  const Result<std::string> path = string_member(order, "path");
  const std::uint64_t times = number_or(order, "times", 1);
  if (times == 0) return failed({Fault::malformed, "times"});
  world.faults.plan({*kind, path ? *path : "/v1/company/", number_or(order, "after", 0), times});
  return done();
}

/// The attributes that are ticked on the API credential from now on.
Response permit(World& world, const Json& order) {
  const auto list = order.find("attributes");
  if (list == order.end() || !list->is_array()) return failed({Fault::malformed, "attributes"});
  std::set<std::string> permitted;
  for (const Json& name : *list) {
    if (!name.is_string() || find_attribute(key_of(name)) == nullptr) {
      return failed({Fault::malformed, "attributes: no such attribute"});
    }
    permitted.insert(key_of(name));
  }
  world.permitted = std::move(permitted);
  return done();
}

Json short_person(const World& world, PersonId id, const Employee& employee) {
  return {{"id", id},
          {"name", employee.text("first_name") + " " + employee.text("last_name")},
          {"position", employee.text("position")},
          {"status", Company::status_of(employee, world.utc_today())},
          {"hire_date", employee.value("hire_date")},
          {"termination_date", employee.value("termination_date")},
          {"termination_type", employee.value("termination_type")},
          {"country", employee.value(kCountry)},
          {"language", employee.value(kLanguage)},
          {"wish", employee.value(kWish)}};
}

Response list_people(const World& world) {
  Json people = Json::array();
  for (const auto& [id, employee] : world.company.people()) {
    people.push_back(short_person(world, id, employee));
  }
  return done(std::move(people));
}

Response show_log(const World& world, const Request& request) {
  const auto from = http::form_value(request.query, "from");
  const bool number = from && from->size() < 10 && !from->empty() &&
                      from->find_first_not_of("0123456789") == std::string::npos;
  if (from && !number) return failed({Fault::malformed, "from"});
  return done(world.log.entries(from ? std::stoull(*from) : 0));
}

struct Order {
  std::string_view path;
  Response (*carry_out)(World&, const Json&);
};

constexpr std::array<Order, 8> kOrders = {{{"/control/hire", hire},
                                           {"/control/terminate", terminate},
                                           {"/control/extend", extend},
                                           {"/control/rename", set_any},
                                           {"/control/set", set_any},
                                           {"/control/permit", permit},
                                           {"/control/revoke-tokens", revoke_tokens},
                                           {"/control/fault", plan_fault}}};

Response carry_out(World& world, const Request& request) {
  const Result<Json> order =
      request.body.empty() ? Json::object() : parse_json(request.body, kMaxBody, "order");
  if (!order) return failed(order.error());
  if (!order->is_object()) return failed({Fault::malformed, "order: not an object"});
  for (const Order& known : kOrders) {
    if (known.path == request.path) return known.carry_out(world, *order);
  }
  return failed({Fault::not_found, "no such order; see docs/personio-sandbox.md"});
}

}  // namespace

Response answer_control(World& world, const Request& request) {
  if (request.method == "POST") return carry_out(world, request);
  if (request.method == "DELETE" && request.path == "/control/log") {
    world.log.clear();
    return done();
  }
  if (request.method != "GET") return json_answer(405, {{"error", "GET, POST"}});
  if (request.path == "/control/people") return list_people(world);
  if (request.path == "/control/log") return show_log(world, request);
  return failed({Fault::not_found, "try /control/people or /control/log"});
}

}  // namespace refledger::sandbox
