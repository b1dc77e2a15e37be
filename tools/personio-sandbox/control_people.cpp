// Orders about people: who comes, goes, comes back, and is away.
#include <array>

#include "tools/personio-sandbox/control.h"
#include "tools/personio-sandbox/people.h"
#include "tools/personio-sandbox/v2.h"

namespace refledger::sandbox::control {
namespace {

using http::Response;
using std::chrono::days;
using std::chrono::sys_days;

struct Alias {
  std::string_view name;
  std::string_view key;
};

// What people call the custom attributes.
constexpr auto kAliases = std::to_array<Alias>({{"private_email", kPrivateEmail},
                                                {"country", kCountry},
                                                {"language", kLanguage},
                                                {"wish", kWish},
                                                {"birthday", kBirthday},
                                                {"role_level", kRoleLevel},
                                                {"place_of_origin", kPlaceOfOrigin},
                                                {"workload", kWorkload},
                                                {"academic_title", kTitle},
                                                {"address", kAddress}});

/// Every member but `id` as an attribute's new value.
Values values_in(const Json& order) {
  Values values;
  for (const auto& [name, value] : order.items()) {
    if (name != "id") values[key_of(name)] = value;
  }
  return values;
}

std::string day_text(const World& world, int from_today) {
  const Date today = world.local.date_of(world.now());
  return format_date(Date{sys_days(today) + days(from_today)});
}

// ---- what others are told -----------------------------------------------------------------------

Json person_ids(PersonId id) { return {{"person_id", std::to_string(id)}}; }

Json employment_ids(const Employee& employee) {
  return {{"person_id", std::to_string(employee.id)},
          {"employment_id", v2::employment_id(employee.id, employee.earlier.size())}};
}

/// Midnight UTC, so many days after the date; nothing if there is none.
std::optional<UtcMillis> day_of(const Employee& employee, const char* key, int days_after) {
  const Result<Date> date = parse_date(employee.text(key), key);
  if (!date) return std::nullopt;
  return UtcMillis(sys_days(*date) + days(days_after));
}

bool any_of(const Values& values, Of of) {
  return std::any_of(values.begin(), values.end(),
                     [&](const auto& one) { return find_attribute(one.first)->of == of; });
}

void tell_of_change(World& world, PersonId id, const Values& values) {
  const Employee employee = *world.company.find(id);
  const UtcMillis now = world.now();
  if (any_of(values, Of::person)) world.webhooks.tell("person.updated", person_ids(id), now);
  if (!any_of(values, Of::employment)) return;
  world.webhooks.tell("employment.updated", employment_ids(employee), now);
  if (values.contains("termination_date")) {
    world.webhooks.tell_on("employment.terminated", employment_ids(employee),
                           day_of(employee, "termination_date", 1), now);
  }
}

void tell_of_employment(World& world, PersonId id) {
  const Employee employee = *world.company.find(id);
  world.webhooks.tell("employment.created", employment_ids(employee), world.now());
  world.webhooks.tell_on("employment.started", employment_ids(employee),
                         day_of(employee, "hire_date", 0), world.now());
}

// ---- orders -------------------------------------------------------------------------------------

Response set_values(World& world, const Json& order, const Values& values) {
  const Result<std::uint64_t> id = number_member(order, "id");
  if (!id) return failed(id.error());
  if (Result<void> set = world.company.set(*id, values, world.now()); !set) {
    return failed(set.error());
  }
  tell_of_change(world, *id, values);
  return done({{"id", *id}});
}

/// `defaults`, and over them what the order says.
Values merged(Values defaults, const Json& order) {
  for (auto& [key, value] : values_in(order)) defaults[key] = value;
  return defaults;
}

Json short_person(const World& world, const Employee& employee) {
  return {{"id", employee.id},
          {"name", employee.text("first_name") + " " + employee.text("last_name")},
          {"position", employee.text("position")},
          {"status", status_of(employee.values, world.utc_today())},
          {"hire_date", employee.value("hire_date")},
          {"termination_date", employee.value("termination_date")},
          {"termination_type", employee.value("termination_type")},
          {"country", employee.value(kCountry)},
          {"language", employee.value(kLanguage)},
          {"wish", employee.value(kWish)},
          {"employments", employee.earlier.size() + 1}};
}

Result<Absence> absence_in(const World& world, const Json& order) {
  const Result<std::uint64_t> id = number_member(order, "id");
  if (!id) return id.error();
  if (!world.company.find(*id)) return Error{Fault::not_found, "id: nobody has it"};
  const Result<std::string> category = string_member(order, "category");
  const AbsenceType* type = category ? absence_type(*category) : nullptr;
  if (type == nullptr) return Error{Fault::malformed, "category"};
  const Result<std::string> from = string_member(order, "from");
  const Result<Date> first = parse_date(from ? *from : "", "from");
  if (!first) return first.error();
  Absence made;
  made.person = *id;
  made.type = type;
  made.from = *first;
  made.changed = world.now();
  if (!order.contains("to")) return made;  // it is still going on
  const Result<std::string> to = string_member(order, "to");
  const Result<Date> last = parse_date(to ? *to : "", "to");
  if (!last || *last < *first) return Error{Fault::malformed, "to"};
  made.to = *last;
  return made;
}

}  // namespace

std::string key_of(const std::string& name) {
  for (const Alias& alias : kAliases) {
    if (alias.name == name) return std::string(alias.key);
  }
  return name;
}

Response hire(World& world, const Json& order) {
  const Values defaults = {{"hire_date", day_text(world, 0)},
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
  const Result<PersonId> id = world.company.hire(merged(defaults, order), world.now());
  if (!id) return failed(id.error());
  world.webhooks.tell("person.created", person_ids(*id), world.now());
  tell_of_employment(world, *id);
  return done({{"id", *id}});
}

/// Unless the order says otherwise the last day was yesterday.
Response terminate(World& world, const Json& order) {
  return set_values(
      world, order,
      merged({{"termination_date", day_text(world, -1)}, {"termination_type", "employee"}}, order));
}

/// A notice is taken back, or a fixed term goes on.
Response withdraw(World& world, const Json& order) {
  return set_values(world, order,
                    merged({{"termination_date", nullptr},
                            {"termination_type", nullptr},
                            {"termination_reason", nullptr},
                            {"last_working_day", nullptr}},
                           order));
}

Response set(World& world, const Json& order) { return set_values(world, order, values_in(order)); }

/// Today unless the order says otherwise.
Response rehire(World& world, const Json& order) {
  const Result<std::uint64_t> id = number_member(order, "id");
  if (!id) return failed(id.error());
  const Values values = merged({{"hire_date", day_text(world, 0)}, {"status", "active"}}, order);
  if (Result<void> again = world.company.begin_again(*id, values, world.now()); !again) {
    return failed(again.error());
  }
  tell_of_employment(world, *id);
  return done({{"id", *id}});
}

/// To another company of the group: one employment ends by that, the next one begins.
Response move(World& world, const Json& order) {
  const Result<std::uint64_t> id = number_member(order, "id");
  const Result<std::string> company = string_member(order, "subcompany");
  if (!id) return failed(id.error());
  if (!company) return failed(company.error());
  const Json ended = {{"id", *id},
                      {"termination_date", day_text(world, -1)},
                      {"termination_type", "sub_company_switch"}};
  Response made = set_values(world, ended, values_in(ended));
  return made.status() == 200 ? rehire(world, order) : made;
}

Response remove(World& world, const Json& order) {
  const Result<std::uint64_t> id = number_member(order, "id");
  if (!id) return failed(id.error());
  const std::optional<Employee> employee = world.company.find(*id);
  if (!employee) return failed({Fault::not_found, "id: nobody has it"});
  const Json employment = employment_ids(*employee);
  world.webhooks.tell_on("employment.terminated", employment, std::nullopt, world.now());
  world.webhooks.tell_on("employment.started", employment, std::nullopt, world.now());
  if (Result<void> removed = world.company.remove(*id); !removed) return failed(removed.error());
  world.webhooks.tell("employment.deleted", employment, world.now());
  world.webhooks.tell("person.deleted", person_ids(*id), world.now());
  return done({{"id", *id}});
}

Response absence(World& world, const Json& order) {
  const Result<Absence> made = absence_in(world, order);
  if (!made) return failed(made.error());
  const Absence added = world.absences.add(*made);
  world.webhooks.tell("absence-period.created", person_ids(added.person), world.now());
  return done({{"id", added.person}, {"absence", added.id}});
}

Response list_people(const World& world) {
  Json people = Json::array();
  for (auto id = world.company.after(0); id; id = world.company.after(*id)) {
    people.push_back(short_person(world, *world.company.find(*id)));
  }
  return done(std::move(people));
}

}  // namespace refledger::sandbox::control
