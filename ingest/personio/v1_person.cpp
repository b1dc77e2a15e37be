#include "ingest/personio/v1_person.h"

#include "ingest/personio/value.h"
#include "ingest/source/fields.h"

namespace refledger::ingest::personio {
namespace {

// Unwraps {"label":…,"value":…} and hands the value on.
class V1Reader {
 public:
  V1Reader(const Json& attributes, UtcMillis read_at) : attributes_(attributes), reader_(read_at) {}

  template <class T>
  std::optional<Value<T>> optional(const std::string& key, const Reader::Meaning<T>& meaning) {
    return reader_.optional<T>(value_of(key), key, meaning);
  }
  template <class T>
  Value<T> required(const std::string& key, const Reader::Meaning<T>& meaning) {
    return reader_.required<T>(value_of(key), key, meaning);
  }
  void must_be_delivered(const std::string& key) { reader_.must_be_delivered(value_of(key), key); }
  const std::optional<Error>& error() const { return reader_.error(); }

 private:
  const Json* value_of(const std::string& key) {
    const auto found = attributes_.find(key);
    if (found == attributes_.end()) return nullptr;
    if (found->is_object() && found->contains("value")) return &(*found)["value"];
    reader_.fail({Fault::malformed, key + ": no value"});
    return nullptr;
  }

  const Json& attributes_;
  Reader reader_;
};

void read_position(V1Reader& reader, Person& person) {
  person.position = reader.optional<std::string>("position", to_text);
  person.department = reader.optional<std::string>("department", to_text);
  person.weekly_hours = reader.optional<std::string>("weekly_working_hours", to_hours);
  person.work_email = reader.optional<std::string>("email", to_text);
  person.gender = reader.optional<std::string>("gender", to_lower);
  person.legal_entity = reader.optional<std::string>("subcompany", to_text);
}

void read_end(V1Reader& reader, Person& person) {
  reader.must_be_delivered("termination_date");
  reader.must_be_delivered("termination_type");
  person.termination_type = reader.optional<std::string>("termination_type", to_termination_type);
  person.termination_date = reader.optional<Date>("termination_date", to_date);
  person.contract_end = reader.optional<Date>("contract_end_date", to_date);
  person.last_working_day = reader.optional<Date>("last_working_day", to_date);
}

void read_mapped(V1Reader& reader, const Mapping& mapping, Person& person) {
  for (const auto& [name, key] : mapping) {
    const ReferenceField* field = find_field(name);
    if (field == nullptr) continue;
    auto value = reader.optional<std::string>(
        key, [&](const std::string& text) { return to_field(*field, text); });
    if (value) person.mapped.emplace(name, std::move(*value));
  }
}

}  // namespace

Result<Person> to_person(const Employee& employee, const Mapping& mapping, UtcMillis read_at) {
  V1Reader reader(employee.attributes, read_at);
  Person person;
  person.id = employee.id;
  person.status = reader.required<EmploymentStatus>("status", to_status);
  person.given_name = reader.required<std::string>("first_name", to_text);
  person.family_name = reader.required<std::string>("last_name", to_text);
  person.hire_date = reader.required<Date>("hire_date", to_date);
  read_position(reader, person);
  read_end(reader, person);
  read_mapped(reader, mapping, person);
  if (reader.error()) return *reader.error();
  return person;
}

}  // namespace refledger::ingest::personio
