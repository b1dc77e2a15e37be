#include "ingest/personio/v2_employments.h"

#include <algorithm>

#include "ingest/personio/cursor.h"
#include "ingest/personio/value.h"
#include "ingest/source/calendar.h"
#include "ingest/source/fields.h"

namespace refledger::ingest::personio {
namespace {

Error bad(const char* what) { return {Fault::malformed, std::string("employments: ") + what}; }

std::string department_in(const Json& units) {
  if (!units.is_array()) return {};
  for (const Json& unit : units) {
    const Json& type = member(unit, "type");
    if (!type.is_string() || *to_lower(type.get<std::string>()) != "department") continue;
    if (const auto id = id_in(unit)) return *id;
  }
  return {};
}

void keep(const Json& from, const char* name, Json& kept, const char* as) {
  if (!from.is_object()) return;
  if (const auto found = from.find(name); found != from.end()) kept[as] = *found;
}

// An object that is null tells that each of its members is empty.
void keep_within(const Json& item, const char* object, const char* name, Json& kept,
                 const char* as) {
  const auto found = item.find(object);
  if (found == item.end()) return;
  if (found->is_null()) kept[as] = nullptr;
  keep(*found, name, kept, as);
}

Json kept_of(const Json& item) {
  Json kept = Json::object();
  for (const char* name : {"status", "weekly_working_hours", "employment_start_date",
                           "employment_end_date", "contract_end_date"}) {
    keep(item, name, kept, name);
  }
  keep_within(item, "position", "title", kept, "position.title");
  keep_within(item, "termination", "termination_date", kept, "termination.termination_date");
  keep_within(item, "termination", "type", kept, "termination.type");
  for (const char* spelt : {"last_working_date", "last_working_day"}) {
    keep_within(item, "termination", spelt, kept, "termination.last_working_day");
  }
  return kept;
}

Result<Employment> employment_of(const Json& item) {
  if (!item.is_object()) return bad("object expected");
  const std::optional<std::string> id = id_in(item);
  if (!id) return bad("one without an id");
  Employment made{*id,
                  id_in(member(item, "person")).value_or(""),
                  {},
                  department_in(member(item, "org_units")),
                  id_in(member(item, "legal_entity")).value_or(""),
                  kept_of(item)};
  const Json& start = member(item, "employment_start_date");
  if (start.is_string()) {
    const Result<Date> day = to_day(start.get_ref<const std::string&>());
    if (day) made.start = *day;
  }
  return made;
}

// Hands on what was kept.
class V2Reader {
 public:
  V2Reader(const Json& object, UtcMillis read_at) : object_(object), reader_(read_at) {}
  void from(const Json& object) { object_ = std::cref(object); }

  template <class T>
  std::optional<Value<T>> optional(const std::string& key, const Reader::Meaning<T>& meaning) {
    return reader_.optional<T>(value_of(key), key, meaning);
  }
  template <class T>
  Value<T> required(const std::string& key, const Reader::Meaning<T>& meaning) {
    return reader_.required<T>(value_of(key), key, meaning);
  }
  Reader& reader() { return reader_; }

 private:
  const Json* value_of(const std::string& key) const {
    const auto found = object_.get().find(key);
    return found == object_.get().end() ? nullptr : &*found;
  }

  std::reference_wrapper<const Json> object_;
  Reader reader_;
};

// What nobody said is as good as nothing.
Result<std::string> to_told_type(const std::string& text) {
  Result<std::string> type = to_termination_type(text);
  return type && *type == "unspecified" ? Result<std::string>(std::string()) : type;
}

// The termination's date is the definitive one.  The employment's own end says the same once it is
// over; before, it may be a fixed term's.
void read_end(V2Reader& reader, Person& person) {
  person.termination_type = reader.optional<std::string>("termination.type", to_told_type);
  if (person.termination_type && person.termination_type->value.empty()) {
    person.termination_type.reset();
  }
  person.termination_date = reader.optional<Date>("termination.termination_date", to_date);
  person.last_working_day = reader.optional<Date>("termination.last_working_day", to_date);
  person.contract_end = reader.optional<Date>("contract_end_date", to_date);
  const bool over = person.status.value == EmploymentStatus::inactive;
  if (!person.termination_date && over) {
    person.termination_date = reader.optional<Date>("employment_end_date", to_date);
  }
}

void read_mapped(const PersonRecord& record, Reader& reader, Person& person) {
  for (const auto& [name, value] : record.mapped) {
    const ReferenceField* field = find_field(name);
    if (field == nullptr) continue;
    auto read = reader.optional<std::string>(
        &value, name, [&](const std::string& text) { return to_field(*field, text); });
    if (read) person.mapped.emplace(name, std::move(*read));
  }
}

std::optional<Value<std::string>> named(const std::optional<std::string>& name, const char* field,
                                        UtcMillis read_at) {
  if (!name) return std::nullopt;
  return Value<std::string>{*name, {"Personio", field, read_at}};
}

}  // namespace

bool Employment::tells(const char* name) const { return kept.contains(name); }

Result<EmploymentsPage> parse_employments(std::string_view body) {
  const Result<Json> parsed = parse_json(body, kMaxEmploymentsBytes, "employments");
  if (!parsed) return parsed.error();
  const Json& data = member(*parsed, "_data");
  if (!data.is_array()) return bad("_data expected as a list");
  EmploymentsPage page;
  for (const Json& item : data) {
    Result<Employment> one = employment_of(item);
    if (!one) return one.error();
    page.employments.push_back(*std::move(one));
  }
  Result<std::optional<std::string>> cursor = next_cursor(*parsed);
  if (!cursor) return cursor.error();
  page.cursor = *std::move(cursor);
  return page;
}

const Employment* current(const std::vector<Employment>& employments, Date today) {
  const Employment* begun = nullptr;   // the latest of them
  const Employment* coming = nullptr;  // the next
  const Employment* unknown = nullptr;
  for (const Employment& one : employments) {
    if (!one.start) {
      if (unknown == nullptr) unknown = &one;
    } else if (*one.start <= today) {
      if (begun == nullptr || *one.start > *begun->start) begun = &one;
    } else if (coming == nullptr || *one.start < *coming->start) {
      coming = &one;
    }
  }
  if (begun != nullptr) return begun;
  return coming != nullptr ? coming : unknown;
}

Result<Person> to_person(const PersonRecord& record, const Employment& employment,
                         const Names& names, UtcMillis read_at) {
  V2Reader reader(record.kept, read_at);
  Person person;
  person.id = record.id;
  person.employment_id = employment.id;
  person.given_name = reader.required<std::string>("first_name", to_text);
  person.family_name = reader.required<std::string>("last_name", to_text);
  person.work_email = reader.optional<std::string>("email", to_text);
  person.gender = reader.optional<std::string>("gender", to_lower);
  read_mapped(record, reader.reader(), person);
  reader.from(employment.kept);
  person.status = reader.required<EmploymentStatus>("status", to_status);
  person.hire_date = reader.required<Date>("employment_start_date", to_date);
  person.position = reader.optional<std::string>("position.title", to_text);
  person.weekly_hours = reader.optional<std::string>("weekly_working_hours", to_hours);
  person.tells_termination_type = employment.tells("termination.type");
  read_end(reader, person);
  person.department = named(names.department, "org_units", read_at);
  person.legal_entity = named(names.legal_entity, "legal_entity", read_at);
  if (reader.reader().error()) return *reader.reader().error();
  return person;
}

}  // namespace refledger::ingest::personio
