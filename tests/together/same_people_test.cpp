// The same people come out of both versions of the API, on every date of the year.
#include "together/reading.h"

namespace refledger::test {
namespace {

using ingest::PersonioApi;

void expect_same(const SandboxProcess& sandbox, std::size_t count) {
  Reader v1(sandbox, PersonioApi::v1);
  Reader v2(sandbox, PersonioApi::v2);
  ASSERT_TRUE(v1.read()) << v1.reading.error().detail;
  ASSERT_TRUE(v2.read()) << v2.reading.error().detail;
  EXPECT_EQ(v1.reading->api, "v1");
  EXPECT_EQ(v2.reading->api, "v2");
  EXPECT_EQ(v1.told.people.size(), count);
  EXPECT_EQ(v1.told.unusable_ones, std::vector<std::string>{});
  EXPECT_EQ(v2.told.unusable_ones, std::vector<std::string>{});
  const auto one = facts_of(v1.told);
  const auto other = facts_of(v2.told);
  EXPECT_EQ(one.size(), other.size());
  for (const auto& [id, facts] : one) {
    const auto found = other.find(id);
    ASSERT_NE(found, other.end()) << id;
    EXPECT_EQ(facts, found->second);
  }
}

TEST(BothVersions, TellTheSameTwoThousandPeople) {
  const SandboxProcess sandbox({"--people", "2000"});
  expect_same(sandbox, 2000);
}

TEST(BothVersions, TellTheSameWithRelativeLinks) {
  const SandboxProcess sandbox({});
  sandbox.order("behave", {{"links", "relative"}});
  expect_same(sandbox, 49);
}

TEST(BothVersions, TellTheSameOnTheDaysWhenClocksChangeAndTheYearEnds) {
  const SandboxProcess sandbox({"--people", "40", "--today", "2026-12-31"});
  // Summer time begins and ends, leap day, first and last days, a birth before zones had whole
  // hours, a day on which the company's zone was ahead of everybody's midnight.
  const std::vector<std::string> dates = {"2026-03-29", "2026-10-25", "2024-02-29", "2025-12-31",
                                          "2026-01-01", "1981-03-29", "1940-11-02", "2026-12-31",
                                          "2027-01-01", "2027-03-28", "2027-10-31", "2028-02-29"};
  for (std::size_t at = 0; at < dates.size(); ++at) {
    sandbox.order("set", {{"id", 1001 + at},
                          {"hire_date", dates[at % 7]},
                          {"termination_date", dates[at]},
                          {"last_working_day", dates[at]},
                          {"contract_end_date", dates[at]},
                          {"birthday", dates[at]}});
  }
  expect_same(sandbox, 40);
  Reader v1(sandbox, PersonioApi::v1);
  ASSERT_TRUE(v1.read());
  for (std::size_t at = 0; at < dates.size(); ++at) {
    const ingest::Person& person = v1.told.people.at(std::to_string(1001 + at));
    EXPECT_EQ(format_date(person.hire_date.value), dates[at % 7]);
    EXPECT_EQ(text_of_value(person.termination_date), dates[at]);
    EXPECT_EQ(text_of_value(person.last_working_day), dates[at]);
    EXPECT_EQ(text_of_value(person.contract_end), dates[at]);
    EXPECT_EQ(person.mapped_value("birthdate")->value, dates[at]);
  }
}

TEST(BothVersions, TellTheNewestEmploymentOfWhoWasThereTwice) {
  const SandboxProcess sandbox({});
  for (const PersonioApi api : {PersonioApi::v1, PersonioApi::v2}) {
    Reader reader(sandbox, api);
    ASSERT_TRUE(reader.read());
    const ingest::Person& back = reader.told.people.at("1047");
    EXPECT_FALSE(back.termination_date);
    EXPECT_EQ(back.status.value, ingest::EmploymentStatus::active);
    const ingest::Person& gone = reader.told.people.at("1048");
    EXPECT_TRUE(gone.termination_date);
    EXPECT_FALSE(reader.told.people.contains("1043"));
    EXPECT_EQ(back.employment_id.empty(), api == PersonioApi::v1);
  }
}

TEST(BothVersions, TellTheSameAbsencesOfWholeDays) {
  const SandboxProcess sandbox({});
  Reader v1(sandbox, PersonioApi::v1);
  Reader v2(sandbox, PersonioApi::v2);
  for (const char* id : {"1019", "1023", "1024", "1025", "1050", "1001"}) {
    const auto person = v1.source->read_person(id);
    ASSERT_TRUE(person && *person) << id;
    const auto one = v1.source->read_absences(**person);
    const auto other = v2.source->read_absences(**person);
    ASSERT_TRUE(one) << one.error().detail;
    ASSERT_TRUE(other) << other.error().detail;
    EXPECT_EQ(*one, *other) << id;
    EXPECT_EQ(one->empty(), std::string(id) == "1001") << id;
  }
}

TEST(BothVersions, KnowNobodyWhoWasDeleted) {
  const SandboxProcess sandbox({});
  for (const PersonioApi api : {PersonioApi::v1, PersonioApi::v2}) {
    Reader reader(sandbox, api);
    const auto nobody = reader.source->read_person("1043");
    ASSERT_TRUE(nobody) << nobody.error().detail;
    EXPECT_FALSE(*nobody);
  }
}

}  // namespace
}  // namespace refledger::test
