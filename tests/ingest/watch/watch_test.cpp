// What changed between two readings, whoever says it in whatever order, and what is remembered.
#include "ingest/watch/watch.h"

#include <algorithm>

#include "people.h"

namespace refledger::ingest {
namespace {

constexpr unsigned kAhead = 30;

WatchRules rules(const char* today, const char* connected = "2026-01-01", unsigned back = 0) {
  return {date(today), date(connected), back};
}

// A company that is read again and again.
struct Company {
  KnownPeople known;

  std::vector<Finding> read(const std::vector<Person>& people, const WatchRules& by,
                            bool complete = true) {
    Watch watch(
        known, by, [](const Person&) { return kAhead; },
        [](const Person&, const Observed&) { return false; });
    for (Person one : people) watch.person(std::move(one));
    if (complete) watch.find_deleted();
    watch.settle(known);
    return watch.findings();
  }
  std::vector<Finding> read(const Person& one, const char* today) {
    return read(std::vector{one}, rules(today));
  }
  const Known& only() const { return *known.find("4711"); }
};

Person active() { return person(EmploymentStatus::active); }

struct WatchTest : testing::Test {
  Company company;
  void known_active() { company.read(active(), "2026-01-01"); }
};

TEST_F(WatchTest, RemembersIdsAndDatesOfEverybodyAndReportsNobodyNew) {
  EXPECT_TRUE(company.read(active(), "2026-01-01").empty());
  EXPECT_EQ(company.only().start, date("2019-03-01"));
  EXPECT_EQ(company.only().first_seen, date("2026-01-01"));
  EXPECT_TRUE(company.read(active(), "2026-01-02").empty());
  EXPECT_EQ(company.only().first_seen, date("2026-01-01"));
}

TEST_F(WatchTest, NamesEachChangeOfADefinitiveEnd) {
  known_active();
  const auto ends = [](const char* day) { return ending(EmploymentStatus::active, day); };
  const std::vector<Finding> set = company.read(ends("2026-06-30"), "2026-03-01");
  ASSERT_EQ(set.size(), 1u);
  EXPECT_EQ(set[0], (Finding{"4711", Event::end_set, date("2026-06-30"), {}}));
  const std::vector<Finding> later = company.read(ends("2026-09-30"), "2026-03-02");
  ASSERT_EQ(later.size(), 1u);
  EXPECT_EQ(later[0], (Finding{"4711", Event::end_later, date("2026-09-30"), date("2026-06-30")}));
  EXPECT_EQ(company.read(ends("2026-05-31"), "2026-03-03").at(0).event, Event::end_earlier);
  EXPECT_TRUE(company.read(ends("2026-05-31"), "2026-03-04").empty());
  EXPECT_EQ(company.read(active(), "2026-03-05").at(0),
            (Finding{"4711", Event::end_withdrawn, {}, date("2026-05-31")}));
  EXPECT_EQ(company.read(ends("2026-02-28"), "2026-03-06").at(0).event, Event::end_backdated);
  EXPECT_TRUE(company.only().over);
}

TEST_F(WatchTest, NamesEachChangeOfAFixedTerm) {
  known_active();
  Person one = active();
  one.contract_end = value(date("2026-06-30"), "contract_end_date");
  EXPECT_EQ(company.read(one, "2026-03-01").at(0).event, Event::term_set);
  one.contract_end->value = date("2026-12-31");
  EXPECT_EQ(company.read(one, "2026-03-02").at(0).event, Event::term_later);
  one.contract_end->value = date("2026-05-31");
  EXPECT_EQ(company.read(one, "2026-03-03").at(0).event, Event::term_earlier);
  one.contract_end.reset();
  EXPECT_EQ(company.read(one, "2026-03-04").at(0).event, Event::term_lifted);
}

TEST_F(WatchTest, TellsARehireFromACorrectedStart) {
  known_active();
  Person one = ending(EmploymentStatus::inactive, "2026-02-28");
  EXPECT_EQ(company.read(one, "2026-03-01").size(), 2u) << "an end, backdated, and inactive";
  one.hire_date.value = date("2018-03-01");
  EXPECT_EQ(company.read(one, "2026-03-02").at(0).event, Event::start_corrected);
  Person again = active();
  again.hire_date.value = date("2026-06-01");
  const std::vector<Finding> rehired = company.read(again, "2026-06-01");
  ASSERT_EQ(rehired.size(), 1u);
  EXPECT_EQ(rehired[0], (Finding{"4711", Event::rehired, date("2026-06-01"), date("2018-03-01")}));
  EXPECT_FALSE(company.only().over);
}

TEST_F(WatchTest, AMoveToAnotherLegalEntityIsNoLeaving) {
  known_active();
  Person moved = active();
  moved.employment_id = "another";
  moved.legal_entity = value<std::string>("Muster Deutschland GmbH", "subcompany");
  EXPECT_TRUE(company.read(moved, "2026-03-01").empty());
  EXPECT_FALSE(company.only().over);
}

// ---- those who had left before ------------------------------------------------------------------

TEST_F(WatchTest, ListsWhoWasGoneWhenTheConnectionBeganAndSaysSoOnce) {
  const Person gone = ending(EmploymentStatus::inactive, "2025-06-30");
  EXPECT_EQ(company.read(gone, "2026-01-01").at(0).event, Event::over_before_us);
  EXPECT_TRUE(company.only().only_listed);
  EXPECT_TRUE(company.read(gone, "2026-01-02").empty());
  EXPECT_TRUE(company.only().only_listed);
}

TEST_F(WatchTest, TheInactiveWithoutAnEndWereGoneBeforeToo) {
  company.read(person(EmploymentStatus::inactive), "2026-01-01");
  EXPECT_TRUE(company.only().only_listed);
}

TEST_F(WatchTest, WhoLeftWithinTheDaysToLookBackIsALeaver) {
  company.read({ending(EmploymentStatus::inactive, "2025-12-03", "1"),
                ending(EmploymentStatus::inactive, "2025-12-01", "2"),
                person(EmploymentStatus::inactive, "3")},
               rules("2026-01-01", "2026-01-01", 30));
  EXPECT_FALSE(company.known.find("1")->only_listed);
  EXPECT_TRUE(company.known.find("2")->only_listed);
  EXPECT_FALSE(company.known.find("3")->only_listed);
}

TEST_F(WatchTest, AnImportOfFormerPeopleIsListedToo) {
  company.read(ending(EmploymentStatus::inactive, "2015-06-30"), "2026-05-01");
  EXPECT_TRUE(company.only().only_listed);
}

TEST_F(WatchTest, WhoCameAndWentBetweenTwoReadingsIsALeaver) {
  company.read(ending(EmploymentStatus::inactive, "2026-04-30"), "2026-05-01");
  EXPECT_FALSE(company.only().only_listed);
}

TEST_F(WatchTest, ABackdatedEndOfSomebodyWhoWorkedHereIsALeaver) {
  known_active();
  company.read(ending(EmploymentStatus::inactive, "2025-11-30"), "2026-03-01");
  EXPECT_FALSE(company.only().only_listed) << "the end lies before the connection, the leaving not";
}

TEST_F(WatchTest, AFormerPersonsCorrectedEndLeavesThemListed) {
  company.read(ending(EmploymentStatus::inactive, "2025-06-30"), "2026-01-01");
  company.read(ending(EmploymentStatus::inactive, "2025-05-31"), "2026-02-01");
  EXPECT_TRUE(company.only().only_listed);
}

TEST_F(WatchTest, AFormerPersonWhoIsHiredAgainLeavesLikeAnybody) {
  company.read(ending(EmploymentStatus::inactive, "2025-06-30"), "2026-01-01");
  Person again = ending(EmploymentStatus::inactive, "2026-04-30");
  again.hire_date.value = date("2026-02-01");
  company.read(again, "2026-05-01");
  EXPECT_FALSE(company.only().only_listed) << "even if nobody saw them at work";
}

TEST_F(WatchTest, WhoeverWorkedWithAStaleEndOnRecordLeavesLikeAnybody) {
  company.read(ending(EmploymentStatus::active, "2018-12-31"), "2026-01-01");
  EXPECT_TRUE(company.only().only_listed);
  company.read(ending(EmploymentStatus::inactive, "2018-12-31"), "2026-02-01");
  EXPECT_FALSE(company.only().only_listed);
}

// ---- deleted in the HR system -------------------------------------------------------------------

TEST_F(WatchTest, WhoIsMissingFromACompleteReadingIsDeletedAndNotForgotten) {
  known_active();
  EXPECT_TRUE(company.read({}, rules("2026-02-01"), false).empty()) << "an incremental reading";
  EXPECT_EQ(company.read({}, rules("2026-02-02")).at(0), (Finding{"4711", Event::deleted}));
  EXPECT_TRUE(company.only().deleted);
  EXPECT_EQ(company.only().start, date("2019-03-01"));
  EXPECT_TRUE(company.read({}, rules("2026-02-03")).empty()) << "said once";
  EXPECT_EQ(company.read(active(), "2026-02-04").at(0).event, Event::came_back);
  EXPECT_FALSE(company.only().deleted);
}

TEST_F(WatchTest, WhoCannotBeReadIsNotDeleted) {
  known_active();
  Watch watch(
      company.known, rules("2026-02-01"), [](const Person&) { return kAhead; },
      [](const Person&, const Observed&) { return false; });
  watch.unusable("4711: hire_date: not a date");
  watch.find_deleted();
  EXPECT_TRUE(watch.findings().empty());
}

// ---- whom to read again -------------------------------------------------------------------------

TEST_F(WatchTest, ReadsAgainThoseWhomTimeAloneBringsNearer) {
  company.read(
      {ending(EmploymentStatus::active, "2026-06-30", "1"),
       ending(EmploymentStatus::active, "2026-08-31", "2"), person(EmploymentStatus::active, "3")},
      rules("2026-05-01"));
  EXPECT_TRUE(due_again(company.known, date("2026-05-30")).empty());
  EXPECT_EQ(due_again(company.known, date("2026-05-31")), std::vector<std::string>{"1"});
  EXPECT_EQ(due_again(company.known, date("2026-08-01")), (std::vector<std::string>{"1", "2"}));
  company.read({ending(EmploymentStatus::active, "2026-06-30", "1")}, rules("2026-05-31"), false);
  EXPECT_TRUE(due_again(company.known, date("2026-05-31")).empty());
  EXPECT_EQ(due_again(company.known, date("2026-06-30")), std::vector<std::string>{"1"});
}

// ---- one reading --------------------------------------------------------------------------------

TEST_F(WatchTest, KeepsTheRecordsOfThoseWhomSomebodyAskedForAndOfNobodyElse) {
  Watch watch(
      company.known, rules("2026-01-01"), [](const Person&) { return 0u; },
      [](const Person& one, const Observed&) { return one.id == "2"; });
  for (const char* id : {"1", "2", "3"}) watch.person(person(EmploymentStatus::active, id));
  ASSERT_EQ(watch.attended().size(), 1u);
  EXPECT_EQ(watch.attended().begin()->second.person.id, "2");
}

TEST_F(WatchTest, AReadingThatBeginsAnewForgetsWhatCameBefore) {
  Watch watch(
      company.known, rules("2026-01-01"), [](const Person&) { return 0u; },
      [](const Person&, const Observed&) { return true; });
  watch.person(ending(EmploymentStatus::inactive, "2025-06-30", "1"));
  watch.unusable("2: hire_date: not a date");
  watch.restart();
  watch.person(person(EmploymentStatus::active, "3"));
  watch.settle(company.known);
  EXPECT_EQ(company.known.size(), 1u);
  EXPECT_EQ(watch.attended().size(), 1u);
  EXPECT_TRUE(watch.unusable().empty());
  EXPECT_TRUE(watch.findings().empty());
  EXPECT_EQ(watch.seen(), 1u);
}

TEST_F(WatchTest, AReadingThatIsThrownAwayChangesNothing) {
  known_active();
  {
    Watch watch(
        company.known, rules("2026-02-01"), [](const Person&) { return 0u; },
        [](const Person&, const Observed&) { return true; });
    watch.person(ending(EmploymentStatus::inactive, "2026-01-31"));
  }
  EXPECT_FALSE(company.only().over);
}

// Four people in every order, some told twice: what is remembered is the same.
TEST_F(WatchTest, TheOrderOfAReadingDoesNotMatter) {
  std::vector<Person> people{ending(EmploymentStatus::inactive, "2025-06-30", "1"),
                             ending(EmploymentStatus::active, "2026-01-20", "2"),
                             person(EmploymentStatus::active, "3"),
                             person(EmploymentStatus::inactive, "4")};
  const auto by_id = [](const Person& a, const Person& b) { return a.id < b.id; };
  const auto all = [](const Company& one) {
    std::vector<std::string> texts;
    for (unsigned n = 0; n < KnownPeople::kShards; ++n) texts.push_back(*one.known.shard_text(n));
    return texts;
  };
  Company first;
  const std::vector<Finding> found = first.read(people, rules("2026-01-01"));
  std::size_t orders = 0;
  while (std::next_permutation(people.begin(), people.end(), by_id)) {
    Company another;
    std::vector<Person> twice = people;
    twice.push_back(people.front());
    EXPECT_EQ(another.read(twice, rules("2026-01-01")), found);
    EXPECT_EQ(all(another), all(first));
    ++orders;
  }
  EXPECT_EQ(orders, 23u);
}

TEST(Event, HasANameForEach) {
  for (int n = 0; n <= static_cast<int>(Event::came_back); ++n) {
    EXPECT_STRNE(name_of(static_cast<Event>(n)), "");
  }
}

}  // namespace
}  // namespace refledger::ingest
