// What a page says, and what is made of each value.
#include "ingest/personio/v1_employees.h"

#include <set>

#include "company.h"
#include "ingest/personio/v1_attributes.h"
#include "ingest/personio/v1_person.h"
#include "support/support.h"

namespace refledger::ingest::personio {
namespace {

const UtcMillis kReadAt = *parse_time("2026-11-02T08:00:00.000Z", "read_at");
const Mapping kMapping{{"private_email", "dynamic_1"},
                       {"country", "dynamic_2"},
                       {"language", "dynamic_3"},
                       {"reference_wish", "dynamic_4"}};

/// Everybody of one complete reading, as the client visits them.
Result<People> to_people(const std::vector<Employee>& employees, const Mapping& mapping,
                         UtcMillis read_at) {
  Delivered delivered(mapping);
  People people{{}, {}, read_at};
  for (const Employee& employee : employees) {
    delivered.take(employee);
    Result<Person> person = to_person(employee, mapping, read_at);
    if (person) {
      people.people.push_back(*std::move(person));
    } else {
      people.unusable.push_back(employee.id + ": " + person.error().detail);
    }
  }
  if (Result<void> checked = delivered.check(); !checked) return checked.error();
  people.not_delivered = delivered.missing();
  return people;
}

Result<People> read(const std::vector<Json>& all) {
  const Result<Page> page = parse_page(page_of(all, all.size()).dump());
  if (!page) return page.error();
  return to_people(page->employees, kMapping, kReadAt);
}

/// One person with the value of `key` replaced; somebody unchanged stands beside.
People with(const char* key, const Json& value) {
  std::vector<Json> all = employees(2);
  all[0][key] = attribute(value);
  Result<People> people = read(all);
  EXPECT_TRUE(people) << (people ? "" : people.error().detail);
  return people ? std::move(*people) : People{};
}

std::string unusable(const char* key, const Json& value) {
  const People people = with(key, value);
  EXPECT_LE(people.unusable.size(), 1u);
  EXPECT_EQ(people.people.size() + people.unusable.size(), 2u) << "nobody is lost";
  return people.unusable.empty() ? "usable" : people.unusable[0];
}

std::optional<Value<Date>> end_from(const Json& value) {
  const People people = with("termination_date", value);
  return people.people.size() == 2 ? people.people[0].termination_date : std::nullopt;
}

TEST(ToPeople, TakesEveryFieldWithItsOrigin) {
  const Result<People> people = read(employees(1));
  ASSERT_TRUE(people) << people.error().detail;
  ASSERT_EQ(people->people.size(), 1u);
  const Person& one = people->people[0];
  EXPECT_EQ(one.id, "1");
  EXPECT_EQ(one.status.value, EmploymentStatus::active);
  EXPECT_EQ(one.given_name, (Value<std::string>{"Jana", {"Personio", "first_name", kReadAt}}));
  EXPECT_EQ(one.family_name, (Value<std::string>{"Muster", {"Personio", "last_name", kReadAt}}));
  EXPECT_EQ(format_date(one.hire_date.value), "2019-03-01");
  EXPECT_EQ(one.hire_date.from, (Provenance{"Personio", "hire_date", kReadAt}));
  EXPECT_EQ(one.position->value, "Buchhalterin");
  EXPECT_EQ(one.department->value, "Finanzen");
  EXPECT_EQ(one.weekly_hours->value, "38.5");
  EXPECT_EQ(one.work_email->value, "jana.muster@example.com");
  EXPECT_EQ(one.gender->value, "female");
  EXPECT_EQ(one.legal_entity->value, "Muster GmbH");
  EXPECT_EQ(*one.mapped_value("private_email"),
            (Value<std::string>{"jana@example.org", {"Personio", "dynamic_1", kReadAt}}));
  EXPECT_EQ(one.mapped_value("country")->value, "CH");
  EXPECT_EQ(one.mapped_value("language")->value, "de");
  EXPECT_EQ(one.mapped_value("reference_wish")->value, "confirmation");
  EXPECT_FALSE(one.termination_date || one.contract_end || one.last_working_day);
  EXPECT_FALSE(one.termination_type);
  EXPECT_EQ(people->read_at, kReadAt);
  EXPECT_TRUE(people->unusable.empty());
  EXPECT_TRUE(people->not_delivered.empty());
}

TEST(ToPeople, ReadsAPageWithEveryRecordedOddity) {
  const Result<Page> page = parse_page(test::vector_file("personio/page.json"));
  ASSERT_TRUE(page) << page.error().detail;
  EXPECT_EQ(page->total_elements, 3u);
  const Result<People> people = to_people(page->employees, kMapping, kReadAt);
  ASSERT_TRUE(people) << people.error().detail;
  ASSERT_EQ(people->people.size(), 2u);
  const Person& jana = people->people[0];
  EXPECT_EQ(jana.family_name.value, "Müßiggang");
  EXPECT_EQ(format_date(jana.termination_date->value), "2026-09-30");
  EXPECT_EQ(format_date(jana.last_working_day->value), "2026-09-11");
  EXPECT_EQ(jana.termination_type->value, "employee");
  const Person& emil = people->people[1];
  EXPECT_EQ(emil.id, "4712");
  EXPECT_EQ(emil.weekly_hours->value, "40");
  EXPECT_EQ(format_date(emil.contract_end->value), "2026-12-31");
  EXPECT_FALSE(emil.department || emil.legal_entity || emil.termination_date ||
               emil.last_working_day || emil.work_email);
  EXPECT_EQ(people->unusable, (std::vector<std::string>{"4713: contract_end_date: not a date"}));
}

TEST(ToPeople, TakesTheFirstTenCharactersOfADateInEveryRecordedSpelling) {
  for (const char* text :
       {"2026-09-30T00:00:00+02:00", "2026-09-30T00:00:00+0200", "2026-09-30T00:00:00Z",
        "2026-09-30", "2026-09-30T00:00:00", "2026-09-30T00:00:00.000000+02:00",
        "2026-09-30T00:00:00-11:00", "2026-09-30T23:59:59+14:00"}) {
    const std::optional<Value<Date>> end = end_from(text);
    ASSERT_TRUE(end) << text;
    EXPECT_EQ(format_date(end->value), "2026-09-30") << text;
  }
  EXPECT_EQ(format_date(end_from("1835-04-01T00:00:00+00:53")->value), "1835-04-01");
}

TEST(ToPeople, RefusesWhatOnlyBeginsLikeADate) {
  for (const char* text :
       {"2026-09-31T00:00:00+02:00", "2026-02-29", "2026-9-30", "30.09.2026", "2026-09-30 or so",
        "2026-09-30T", "2026-09-30T25:00:00Z", "2026-09-30T00:60:00Z", "2026-09-30T00:00:00+2",
        "2026-09-30T00:00:00+02:60", "2026-09-30T00:00:00.Z", "2026-09-30T00:00:00Zulu",
        "2026-09-30T00:00:00+02:000", "0000-00-00", "-026-09-30", "2026-09-300"}) {
    EXPECT_EQ(unusable("termination_date", text), "1: termination_date: not a date") << text;
  }
  EXPECT_EQ(unusable("hire_date", "soon"), "1: hire_date: not a date");
  EXPECT_EQ(unusable("hire_date", 20260930), "1: hire_date: not a date");
  EXPECT_EQ(unusable("contract_end_date", true),
            "1: contract_end_date: a value of this type is not expected");
}

TEST(ToPeople, TakesHoursAsTextOrNumber) {
  const std::vector<std::pair<Json, std::string>> cases = {
      {"38.5", "38.5"}, {38.5, "38.5"},   {"40", "40"},  {40, "40"}, {40.0, "40"},
      {"40.00", "40"},  {"38,5", "38.5"}, {"0", "0"},    {0, "0"},   {"8.25", "8.25"},
      {168, "168"},     {"100", "100"},   {20.1, "20.1"}};
  for (const auto& [given, shown] : cases) {
    const People people = with("weekly_working_hours", given);
    ASSERT_EQ(people.people.size(), 2u) << given;
    EXPECT_EQ(people.people[0].weekly_hours->value, shown) << given;
  }
}

TEST(ToPeople, RefusesHoursThatAreNone) {
  for (const Json& value : std::vector<Json>{"full-time", "-8", -8, "169", 1e300, ".", ".5",
                                             "1.2.3", "0x20", "NaN", "8 h", 123456789}) {
    EXPECT_EQ(unusable("weekly_working_hours", value),
              "1: weekly_working_hours: not a number of hours")
        << value;
  }
}

TEST(ToPeople, TakesEveryEmptyForNothing) {
  for (const Json& empty : std::vector<Json>{nullptr, "", "  ", Json::array()}) {
    for (const char* key : {"position", "department", "weekly_working_hours", "email", "gender",
                            "subcompany", "contract_end_date", "termination_date",
                            "last_working_day", "dynamic_1", "dynamic_2", "dynamic_4"}) {
      const People people = with(key, empty);
      EXPECT_EQ(people.people.size(), 2u) << key << " " << empty;
    }
  }
  EXPECT_FALSE(with("position", "").people[0].position);
  EXPECT_FALSE(with("department", nullptr).people[0].department);
  EXPECT_FALSE(with("termination_date", "").people[0].termination_date);
  EXPECT_FALSE(with("termination_date", nullptr).people[0].termination_date);
}

TEST(ToPeople, ReportsRequiredValuesThatAreEmpty) {
  for (const char* key : {"first_name", "last_name", "status", "hire_date"}) {
    for (const Json& empty : std::vector<Json>{nullptr, "", " "}) {
      EXPECT_EQ(unusable(key, empty), "1: " + std::string(key) + ": empty");
    }
  }
}

TEST(ToPeople, KnowsTheFourStatusesAndNoOther) {
  using enum EmploymentStatus;
  EXPECT_EQ(with("status", "onboarding").people[0].status.value, onboarding);
  EXPECT_EQ(with("status", "leave").people[0].status.value, leave);
  EXPECT_EQ(with("status", "inactive").people[0].status.value, inactive);
  EXPECT_EQ(with("status", "Inactive").people[0].status.value, inactive);
  EXPECT_EQ(unusable("status", "LEFT"), "1: status: not a status that we know");
}

TEST(ToPeople, KeepsNamesAsTheyAreAndRefusesControlCharacters) {
  EXPECT_EQ(with("last_name", "Müller-Đặng O'Neil").people[0].family_name.value,
            "Müller-Đặng O'Neil");
  EXPECT_EQ(with("last_name", " Muster ").people[0].family_name.value, "Muster");
  EXPECT_EQ(unusable("last_name", "Mus\nter"), "1: last_name: control characters");
  EXPECT_EQ(unusable("last_name", std::string("Mus\0ter", 7)), "1: last_name: control characters");
  EXPECT_EQ(unusable("email", "a@b.example\r\nBcc: c@d.example"), "1: email: control characters");
  EXPECT_EQ(unusable("last_name", std::string(1001, 'a')), "1: last_name: too long");
}

TEST(ToPeople, ReadsCountriesAndLanguagesAsCodes) {
  EXPECT_EQ(with("dynamic_2", "de").people[0].mapped_value("country")->value, "DE");
  EXPECT_EQ(with("dynamic_3", "EN").people[0].mapped_value("language")->value, "en");
  EXPECT_EQ(unusable("dynamic_2", "Schweiz"), "1: dynamic_2: not a code of two letters");
  EXPECT_EQ(unusable("dynamic_3", "d1"), "1: dynamic_3: not a code of two letters");
}

TEST(ToPeople, SaysNothingAboutThePersonBeyondTheNumber) {
  const std::string said = unusable("weekly_working_hours", "secret-value");
  EXPECT_EQ(said.find("secret-value"), std::string::npos);
  EXPECT_EQ(said.find("Jana"), std::string::npos);
}

TEST(ToPeople, NamesARequiredAttributeThatNobodyHas) {
  for (const char* key : {"id", "status", "first_name", "last_name", "hire_date",
                          "termination_date", "termination_type"}) {
    std::vector<Json> all = employees(3);
    for (Json& one : all) one.erase(key);
    const Result<People> people = read(all);
    ASSERT_FALSE(people) << key;
    EXPECT_EQ(people.error().fault, Fault::refused);
    EXPECT_EQ(people.error().detail, "Personio does not deliver the attribute " + std::string(key) +
                                         ": tick it for this API credential");
  }
}

TEST(ToPeople, ReportsThePersonWhereARequiredAttributeIsMissingForOneOnly) {
  for (const char* key :
       {"status", "first_name", "last_name", "hire_date", "termination_date", "termination_type"}) {
    std::vector<Json> all = employees(2);
    all[1].erase(key);
    const Result<People> people = read(all);
    ASSERT_TRUE(people);
    EXPECT_EQ(people->unusable,
              (std::vector<std::string>{"2: " + std::string(key) + ": not delivered"}));
  }
}

TEST(ToPeople, ListsOptionalAttributesThatNobodyHas) {
  std::vector<Json> all = employees(2);
  for (Json& one : all) one.erase("gender");
  all[0].erase("position");
  const Result<People> people = read(all);
  ASSERT_TRUE(people);
  EXPECT_EQ(people->not_delivered, (std::vector<std::string>{"gender"}));
  EXPECT_EQ(people->people.size(), 2u);
}

TEST(ToPeople, ListsAMappedAttributeThatHasDisappeared) {
  std::vector<Json> all = employees(2);
  for (Json& one : all) one.erase("dynamic_2");
  const Result<People> people = read(all);
  ASSERT_TRUE(people);
  EXPECT_EQ(people->not_delivered, (std::vector<std::string>{"country: dynamic_2"}));
  EXPECT_EQ(people->people[0].mapped_value("country"), nullptr);
}

TEST(ToPeople, GoesByKeyAndNeverByLabel) {
  std::vector<Json> all = employees(1);
  all[0]["hire_date"]["label"] = "termination_date";
  all[0]["dynamic_9"] = {{"label", "last_name"}, {"value", "Wrong"}};
  const Result<People> people = read(all);
  ASSERT_TRUE(people);
  EXPECT_EQ(people->people[0].family_name.value, "Muster");
  EXPECT_FALSE(people->people[0].termination_date);
}

TEST(ToPeople, ReportsAnAttributeWithoutAValue) {
  std::vector<Json> all = employees(1);
  all[0]["position"] = {{"label", "Position"}};
  EXPECT_EQ(read(all)->unusable, (std::vector<std::string>{"1: position: no value"}));
  all[0]["position"] = "Buchhalterin";
  EXPECT_EQ(read(all)->unusable, (std::vector<std::string>{"1: position: no value"}));
}

TEST(ToPeople, TakesAnEmptyCompany) {
  const Result<People> people = read({});
  ASSERT_TRUE(people);
  EXPECT_TRUE(people->people.empty());
}

TEST(ParsePage, TakesNumbersAsText) {
  Json page = page_of(employees(1), 1);
  page["metadata"]["total_elements"] = "1";
  page["data"][0]["attributes"]["id"]["value"] = "4711";
  page["offset"] = "0,";
  const Result<Page> parsed = parse_page(page.dump());
  ASSERT_TRUE(parsed) << parsed.error().detail;
  EXPECT_EQ(parsed->total_elements, 1u);
  EXPECT_EQ(parsed->employees[0].id, "4711");
}

TEST(ParsePage, TakesAnEmptyListForAnEmptyMapOfAttributes) {
  Json page = page_of(employees(1), 1);
  page["data"][0]["attributes"] = Json::array();
  EXPECT_EQ(parse_page(page.dump()).error().detail,
            "Personio does not deliver the attribute id: tick it for this API credential");
}

TEST(ParsePage, RefusesEveryOtherShape) {
  const std::vector<std::function<void(Json&)>> breaks = {
      [](Json& page) { page = Json::array(); },
      [](Json& page) { page["success"] = false; },
      [](Json& page) { page.erase("metadata"); },
      [](Json& page) { page["metadata"] = Json::array(); },
      [](Json& page) { page["metadata"].erase("total_elements"); },
      [](Json& page) { page["metadata"]["total_elements"] = -1; },
      [](Json& page) { page["metadata"]["total_elements"] = "many"; },
      [](Json& page) { page["metadata"]["total_elements"] = 1.5; },
      [](Json& page) { page["metadata"]["total_elements"] = 1000001; },
      [](Json& page) { page.erase("data"); },
      [](Json& page) { page["data"] = Json::object(); },
      [](Json& page) { page["data"][0] = "Jana"; },
      [](Json& page) { page["data"][0].erase("attributes"); },
      [](Json& page) { page["data"][0]["attributes"] = {1}; },
      [](Json& page) { page["data"][0]["attributes"]["id"] = 4711; },
      [](Json& page) {
        page["data"][0]["attributes"]["id"] = {{"label", "ID"}};
      },
      [](Json& page) { page["data"][0]["attributes"]["id"]["value"] = nullptr; },
      [](Json& page) { page["data"][0]["attributes"]["id"]["value"] = "abc"; },
      [](Json& page) { page["data"][0]["attributes"]["id"]["value"] = 0; },
      [](Json& page) { page["data"][0]["attributes"]["id"]["value"] = -4; },
      [](Json& page) { page["data"][0]["attributes"]["id"]["value"] = ""; },
  };
  for (std::size_t i = 0; i < breaks.size(); ++i) {
    Json page = page_of(employees(1), 1);
    ASSERT_TRUE(parse_page(page.dump()));
    breaks[i](page);
    EXPECT_FALSE(parse_page(page.dump())) << "break " << i;
  }
}

TEST(ParsePage, RefusesEveryTruncation) {
  const std::string whole = page_of(employees(1), 1).dump();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(parse_page(whole.substr(0, length))) << length;
  }
}

TEST(ParsePage, RefusesANameTwiceDeepNestingAndOversize) {
  EXPECT_FALSE(parse_page(R"({"metadata":{"total_elements":0},"data":[],"data":[]})"));
  EXPECT_FALSE(parse_page(std::string(100000, '[')));
  EXPECT_EQ(parse_page(std::string(kMaxPageBytes + 1, ' ')).error().fault, Fault::out_of_range);
}

TEST(ParsePage, SurvivesEveryByteReplaced) {
  const std::string whole = page_of(employees(1), 1).dump();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char byte : {'\0', '"', '{', ']', '9', '\xff', ','}) {
      std::string bent = whole;
      bent[at] = byte;
      const Result<Page> page = parse_page(bent);
      if (!page) continue;
      const Result<People> people = to_people(page->employees, kMapping, kReadAt);
      if (!people) continue;
      EXPECT_EQ(people->people.size() + people->unusable.size(), page->employees.size());
    }
  }
}

TEST(AskedAttributes, AreTheNeededOnesAndNoOther) {
  EXPECT_EQ(asked_attributes({}).size(), 15u);
  const std::vector<std::string> asked = asked_attributes(kMapping);
  const std::set<std::string> needed = {"id",
                                        "first_name",
                                        "last_name",
                                        "status",
                                        "position",
                                        "department",
                                        "hire_date",
                                        "contract_end_date",
                                        "termination_date",
                                        "termination_type",
                                        "last_working_day",
                                        "weekly_working_hours",
                                        "email",
                                        "gender",
                                        "subcompany",
                                        "dynamic_1",
                                        "dynamic_2",
                                        "dynamic_3",
                                        "dynamic_4"};
  EXPECT_EQ(std::set<std::string>(asked.begin(), asked.end()), needed);
  EXPECT_EQ(asked.size(), needed.size()) << "none twice";
}

}  // namespace
}  // namespace refledger::ingest::personio
