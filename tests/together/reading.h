// The real client against a sandbox: sources whose waits take no time, and what they read.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <sstream>
#include <string>

#include "ingest/personio/client.h"
#include "support/support.h"
#include "together/sandbox_process.h"

namespace refledger::test {

/// Waiting moves it on, at once.
class WaitlessClock : public Clock {
 public:
  UtcMillis now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) +
           waited_;
  }
  ingest::Sleep sleep() {
    return [this](std::chrono::milliseconds time) { waited_ += time; };
  }
  std::chrono::milliseconds waited() const { return waited_; }

 private:
  std::chrono::milliseconds waited_{0};
};

/// What a reading told, by person; nothing of it once it begins anew.
class Told : public ingest::PeopleVisitor {
 public:
  void restart() override {
    people.clear();
    unusable_ones.clear();
    ++restarts;
  }
  void person(ingest::Person&& person) override {
    std::string id = person.id;
    EXPECT_TRUE(people.emplace(std::move(id), std::move(person)).second) << "told twice";
  }
  void unusable(std::string what) override { unusable_ones.push_back(std::move(what)); }

  std::map<std::string, ingest::Person> people;
  std::vector<std::string> unusable_ones;
  int restarts = 0;
};

inline const std::map<std::string, std::string, std::less<>> kMapping = {
    {"private_email", "dynamic_101"},   {"country", "dynamic_102"},
    {"language", "dynamic_103"},        {"reference_wish", "dynamic_104"},
    {"birthdate", "date_of_birth"},     {"role_level", "dynamic_106"},
    {"place_of_origin", "dynamic_107"}, {"workload", "dynamic_108"},
    {"academic_title", "dynamic_109"}};

inline ingest::PersonioSettings settings_for(const SandboxProcess& sandbox, ingest::PersonioApi api,
                                             unsigned page_size = 100) {
  ingest::PersonioSettings settings;
  settings.base_url = sandbox.url();
  settings.api = api;
  settings.mapping = kMapping;
  settings.page_size = page_size;
  settings.timeout = std::chrono::seconds(60);
  return settings;
}

/// A source of its own for each reading, as after a start.
struct Reader {
  Reader(const SandboxProcess& sandbox, ingest::PersonioApi api, unsigned page_size = 100)
      : source(ingest::make_personio(settings_for(sandbox, api, page_size),
                                     {"papi-demo", "papi-demo-secret"}, clock, clock.sleep(),
                                     random)) {}

  WaitlessClock clock;
  FixedRandom random;
  std::unique_ptr<ingest::HrSource> source;
  Told told;
  Result<ingest::Reading> reading = Error{Fault::upstream, "not read"};

  Result<ingest::Reading>& read(const ingest::ReadRequest& request = {}) {
    reading = source->read_people(request, told);
    return reading;
  }
};

template <class T>
std::string text_of_value(const std::optional<ingest::Value<T>>& value) {
  if (!value) return "-";
  if constexpr (std::is_same_v<T, Date>) {
    return format_date(value->value);
  } else {
    return value->value;
  }
}

/// Everything about a person that must not depend on the version of the API, but for attributes
/// that a reading says were not delivered.
inline std::string facts_of(const ingest::Person& person,
                            const std::vector<std::string>& left_out = {}) {
  const auto told = [&](std::string_view key) {
    return std::find(left_out.begin(), left_out.end(), key) == left_out.end();
  };
  std::ostringstream out;
  out << person.id << "|" << static_cast<int>(person.status.value) << "|" << person.given_name.value
      << "|" << person.family_name.value << "|" << format_date(person.hire_date.value) << "|"
      << text_of_value(person.position) << "|"
      << (told("department") ? text_of_value(person.department) : "") << "|"
      << text_of_value(person.weekly_hours) << "|" << text_of_value(person.work_email) << "|"
      << text_of_value(person.gender) << "|"
      << (told("subcompany") ? text_of_value(person.legal_entity) : "") << "|"
      << text_of_value(person.termination_type) << "|" << text_of_value(person.termination_date)
      << "|" << text_of_value(person.contract_end) << "|" << text_of_value(person.last_working_day);
  for (const auto& [field, value] : person.mapped) {
    if (told(field + ": " + kMapping.at(field))) out << "|" << field << "=" << value.value;
  }
  return out.str();
}

inline std::map<std::string, std::string> facts_of(const Told& told) {
  std::map<std::string, std::string> facts;
  for (const auto& [id, person] : told.people) facts[id] = facts_of(person);
  return facts;
}

}  // namespace refledger::test
