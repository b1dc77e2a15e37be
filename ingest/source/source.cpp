#include "ingest/source/source.h"

namespace refledger::ingest {
namespace {

class Collector : public PeopleVisitor {
 public:
  void restart() override {
    people.people.clear();
    people.unusable.clear();
  }
  void person(Person&& person) override { people.people.push_back(std::move(person)); }
  void unusable(std::string what) override { people.unusable.push_back(std::move(what)); }

  People people;
};

}  // namespace

const Value<std::string>* Person::mapped_value(std::string_view field) const {
  const auto found = mapped.find(field);
  return found == mapped.end() ? nullptr : &found->second;
}

Result<People> read_all(HrSource& source) {
  Collector collector;
  Result<Reading> reading = source.read_people({}, collector);
  if (!reading) return reading.error();
  collector.people.read_at = reading->read_at;
  collector.people.not_delivered = std::move(reading->not_delivered);
  return std::move(collector.people);
}

}  // namespace refledger::ingest
