// Two systems tell about the same people: who said what and when is shown, and HR chooses, person
// by person and field by field.
#include <gtest/gtest.h>

#include <algorithm>

#include "world.h"

namespace refledger::desk {
namespace {

using ingest::AutomaticMode;

// All that a further system takes: one class.  This one keeps the payroll, has ids of its own, and
// knows nothing about leaving.
class Payroll : public ingest::HrSource {
 public:
  std::vector<ingest::Person> people;
  std::optional<Error> failure;
  std::size_t readings = 0;
  UtcMillis read_at = *parse_time("2026-11-02T07:30:00.000Z", "test");

  ingest::Person& add(const ingest::Person& same) {
    ingest::Person person;
    person.id = "P-" + std::to_string(9000 + people.size());
    person.given_name = word(same.given_name.value, "first");
    person.family_name = word(same.family_name.value, "last");
    person.hire_date = {same.hire_date.value, {"Payroll", "entry", read_at}};
    person.work_email = same.work_email;
    people.push_back(std::move(person));
    return people.back();
  }
  ingest::Value<std::string> word(std::string value, const char* field) const {
    return {std::move(value), {"Payroll", field, read_at}};
  }

  Result<ingest::Reading> read_people(const ingest::ReadRequest&,
                                      ingest::PeopleVisitor& visitor) override {
    ++readings;
    if (failure) return *failure;
    for (ingest::Person each : people) visitor.person(std::move(each));
    return ingest::Reading{people.size(), read_at, true};
  }
  Result<std::optional<ingest::Person>> read_person(std::string_view) override {
    return std::optional<ingest::Person>();
  }
  Result<std::vector<ingest::Attribute>> attributes() override {
    return std::vector<ingest::Attribute>{};
  }
  Result<std::vector<ingest::AbsencePeriod>> read_absences(const ingest::Person&) override {
    return Error{Fault::refused, "payroll: not told"};
  }
  ingest::ConnectionReport test() override { return {}; }
};

struct WhoseWordTest : testing::Test {
  Payroll payroll;
  World world;

  WhoseWordTest() {
    world.further = {{"payroll", &payroll}};
    rule(AutomaticMode::draft);
  }
  void rule(AutomaticMode mode) {
    world.issuer.automatic = {};
    world.issuer.automatic.set("CH", "", {mode, 30, std::chrono::hours(0), false});
    world.start(2);
  }
  std::string only_id() const { return world.only_case().case_id; }
  std::vector<Word> words(const std::string& field) const {
    std::vector<Word> found = *world.desk->words(only_id());
    std::erase_if(found, [&](const Word& word) { return word.field != field; });
    return found;
  }
  /// "*personio=Polymechanikerin payroll=Dreherin": the star counts.
  std::string said(const std::string& field) const {
    std::string text;
    for (const Word& word : words(field)) {
      text += (text.empty() ? "" : " ") + std::string(word.counts ? "*" : "") + word.account + "=" +
              word.value;
    }
    return text;
  }
  void swap_position(const char* title) {
    world.source.people = {leaver("1")};
    payroll.add(world.source.people[0]).position = payroll.word(title, "job");
  }
};

TEST_F(WhoseWordTest, ShowsWhoSaidWhatAndWhenItWasRead) {
  swap_position("Dreherin");
  world.sync();
  EXPECT_EQ(world.only_case().position, "Polymechanikerin")
      << "the issuer's own account comes first";
  EXPECT_EQ(said("position"), "*personio=Polymechanikerin payroll=Dreherin");
  const Word other = words("position")[1];
  EXPECT_TRUE(other.disputed);
  EXPECT_EQ(other.source, "Payroll");
  EXPECT_EQ(other.key, "job");
  EXPECT_EQ(other.read_at, payroll.read_at);
  EXPECT_FALSE(words("given_name")[0].disputed);
}

TEST_F(WhoseWordTest, HrChoosesForOnePersonAndOneField) {
  world.source.people = {leaver("1"), leaver("2")};
  for (std::size_t n : {0, 1}) {
    payroll.add(world.source.people[n]).position = payroll.word("Dreherin", "job");
  }
  world.sync();
  const std::string first = world.desk->cases()->front().case_id;
  ASSERT_TRUE(world.desk->choose(first, "position", "payroll"));
  world.sync();
  EXPECT_EQ(world.desk->cases()->front().position, "Dreherin");
  EXPECT_EQ(world.desk->cases()->back().position, "Polymechanikerin");
  ASSERT_TRUE(world.desk->choose(first, "position", "personio"));
  world.sync();
  EXPECT_EQ(world.desk->cases()->front().position, "Polymechanikerin");
  EXPECT_EQ(world.desk->choose(first, "position", "bexio").error().fault, Fault::not_found);
  EXPECT_EQ(world.desk->choose(first, "gender", "payroll").error().fault, Fault::not_found);
}

TEST_F(WhoseWordTest, TheDocumentSaysWhatWasChosenAndTheCaseWhoseWordItIs) {
  swap_position("Dreherin");
  world.sync();
  ASSERT_TRUE(world.desk->choose(only_id(), "position", "payroll"));
  world.sync();
  ASSERT_TRUE(world.desk->release(only_id()));
  EXPECT_EQ(world.sync().issued, 1u);
  const Brought brought = judge(world.transport.sent.at(0).message, world.clock.now());
  EXPECT_EQ(brought.report.claims.at("position"), "Dreherin");
  EXPECT_EQ(said("position"), "*payroll=Dreherin") << "the word that it was made of stays";
  EXPECT_EQ(said("work_email"), "") << "and no address";
  world.sync();
  EXPECT_EQ(world.only_case().note, "") << "the other word is no change";
}

TEST_F(WhoseWordTest, AFurtherSystemFillsWhatTheOwnOneLeavesOpen) {
  world.source.people = {leaver("1")};
  world.source.people[0].position.reset();
  payroll.add(world.source.people[0]).position = payroll.word("Dreherin", "job");
  world.sync();
  EXPECT_EQ(world.only_case().position, "Dreherin");
  EXPECT_EQ(said("position"), "*payroll=Dreherin");
}

TEST_F(WhoseWordTest, WhoLeavesAndWhenIsTheOwnAccountsToSay) {
  world.source.people = {stayer("1"), leaver("2")};
  payroll.add(world.source.people[0]).termination_date = {day("2026-10-31"),
                                                          {"Payroll", "exit", {}}};
  ingest::Person& earlier = payroll.add(world.source.people[1]);
  earlier.termination_date = {day("2026-09-30"), {"Payroll", "exit", payroll.read_at}};
  EXPECT_EQ(world.sync().opened, 1u) << "nobody leaves because the payroll says so";
  EXPECT_EQ(world.only_case().employed_to, "2026-10-31");
  EXPECT_EQ(said("termination_date"), "*personio=2026-10-31 payroll=2026-09-30");
  ASSERT_TRUE(world.desk->choose(only_id(), "termination_date", "payroll"));
  world.sync();
  EXPECT_EQ(world.only_case().employed_to, "2026-09-30") << "unless HR chooses it";
}

TEST_F(WhoseWordTest, WhatHrTypedStandsBesideTheOthersWithItsReason) {
  swap_position("Dreherin");
  world.sync();
  ASSERT_TRUE(world.desk->type(only_id(), "position", "Fräserin", "Petra", "as in the contract"));
  EXPECT_EQ(said("position"), "personio=Polymechanikerin payroll=Dreherin *typed=Fräserin");
  EXPECT_EQ(words("position")[2].reason, "as in the contract");
  EXPECT_EQ(words("position")[2].source, "typed by Petra");
  world.sync();
  EXPECT_EQ(world.only_case().position, "Fräserin");
}

TEST_F(WhoseWordTest, ASystemThatFailsHoldsUpNobodyAndKeepsItsWord) {
  swap_position("Dreherin");
  world.sync();
  ASSERT_TRUE(world.desk->choose(only_id(), "position", "payroll"));
  payroll.failure = Error{Fault::upstream, "Payroll: no answer"};
  const Result<SyncReport> report = world.desk->sync();
  ASSERT_TRUE(report);
  EXPECT_EQ(report->problems, std::vector<std::string>{"account payroll: Payroll: no answer"});
  EXPECT_EQ(world.only_case().position, "Dreherin");
}

TEST_F(WhoseWordTest, AWordThatIsTakenBackLeavesNoGap) {
  swap_position("Dreherin");
  world.sync();
  ASSERT_TRUE(world.desk->choose(only_id(), "position", "payroll"));
  payroll.people[0].position.reset();
  world.sync();
  EXPECT_EQ(said("position"), "*personio=Polymechanikerin");
}

TEST_F(WhoseWordTest, WhoCannotBeToldApartThereIsNotGuessed) {
  world.source.people = {leaver("1")};
  for (int n = 0; n < 2; ++n) {
    payroll.add(world.source.people[0]).position = payroll.word("Dreherin", "job");
  }
  const Result<SyncReport> report = world.desk->sync();
  ASSERT_TRUE(report);
  EXPECT_EQ(report->problems,
            std::vector<std::string>{"account payroll: who person 1 is, is not clear"});
  EXPECT_EQ(said("position"), "*personio=Polymechanikerin");
}

TEST_F(WhoseWordTest, IsAskedOnlyWhileItMatters) {
  world.source.incremental = true;
  world.source.people = {stayer("1")};
  world.sync();
  EXPECT_EQ(payroll.readings, 0u) << "nobody leaves";
  world.source.people[0] = leaver("1");
  world.source.touched = {"1"};
  world.sync();
  EXPECT_EQ(payroll.readings, 1u) << "a case is opened";
  world.sync();
  EXPECT_EQ(payroll.readings, 1u) << "nothing was decided since";
  ASSERT_TRUE(world.desk->type(only_id(), "position", "Fräserin", "Petra", "contract"));
  world.sync();
  EXPECT_EQ(payroll.readings, 2u);
}

}  // namespace
}  // namespace refledger::desk
