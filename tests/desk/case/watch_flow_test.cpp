// From what the HR system says over weeks to at most one reference: ahead, extended, withdrawn,
// moved, deleted, rehired, in any order.
#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "desk/case/watch_state.h"
#include "world.h"

namespace refledger::desk {
namespace {

using namespace std::chrono_literals;
using ingest::AutomaticMode;

/// Works here until `end`.
ingest::Person ends(const std::string& id, const char* end) {
  ingest::Person person = stayer(id);
  person.termination_date = told(day(end), "termination_date");
  return person;
}

/// Works here on a fixed term.
ingest::Person term(const std::string& id, const char* end) {
  ingest::Person person = stayer(id);
  person.contract_end = told(day(end), "contract_end_date");
  return person;
}

struct WatchFlowTest : testing::Test {
  World world;

  void rule(AutomaticMode mode, unsigned days_ahead, std::chrono::hours hold, bool take = false) {
    world.issuer.automatic = {};
    world.issuer.automatic.set("CH", "", {mode, days_ahead, hold, take});
    world.start(2);
  }
  void at(const char* time) { world.clock.set(time); }
  SyncReport read(std::vector<ingest::Person> people) {
    world.source.people = std::move(people);
    return world.sync();
  }
  std::size_t issued() const { return world.count<format::Issued>(); }
  CaseSummary only() const { return world.only_case(); }
  std::string only_id() const { return only().case_id; }
};

// ---- ahead of the end ---------------------------------------------------------------------------

TEST_F(WatchFlowTest, OpensACaseAheadAndIssuesOnceTheLastDayIsOver) {
  rule(AutomaticMode::issue, 30, 0h);
  EXPECT_EQ(read({ends("1", "2026-12-02")}).opened, 1u);
  EXPECT_EQ(only().stage, Stage::drafted);
  EXPECT_EQ(only().planned, "2026-12-03");
  EXPECT_EQ(only().waiting, Waiting::nothing);
  at("2026-12-02T22:59:59.999Z");  // still the second in Zürich
  EXPECT_EQ(world.sync().issued, 0u);
  at("2026-12-02T23:00:00.000Z");
  EXPECT_EQ(world.sync().issued, 1u);
}

// On 28 March 2027 clocks are put forward, on 31 October 2027 back.
TEST_F(WatchFlowTest, NeverIssuesBeforeTheDayIsOverInTheCompanysZone) {
  struct Night {
    const char* zone;
    const char* end;
    const char* before;
    const char* after;
  };
  for (const Night& night : {Night{"Europe/Zurich", "2027-03-28", "2027-03-28T21:59:59.999Z",
                                   "2027-03-28T22:00:00.000Z"},
                             Night{"Europe/Zurich", "2027-10-31", "2027-10-31T22:59:59.999Z",
                                   "2027-10-31T23:00:00.000Z"},
                             Night{"Europe/Zurich", "2026-12-31", "2026-12-31T22:59:59.999Z",
                                   "2026-12-31T23:00:00.000Z"},
                             Night{"Pacific/Auckland", "2026-12-31", "2026-12-31T10:59:59.999Z",
                                   "2026-12-31T11:00:00.000Z"},
                             Night{"Pacific/Honolulu", "2026-12-31", "2027-01-01T09:59:59.999Z",
                                   "2027-01-01T10:00:00.000Z"}}) {
    World there;
    there.issuer.time_zone = night.zone;
    there.issuer.automatic.set("", "", {{}, 366, {}, {}});
    there.start(2);
    there.source.people = {ends("1", night.end)};
    there.sync();
    there.clock.set(night.before);
    EXPECT_EQ(there.sync().issued, 0u) << night.zone << " " << night.end;
    there.clock.set(night.after);
    EXPECT_EQ(there.sync().issued, 1u) << night.zone << " " << night.end;
  }
}

TEST_F(WatchFlowTest, AnEndThatMovesMovesTheCaseAndNothingElse) {
  rule(AutomaticMode::issue, 30, 0h);
  read({ends("1", "2026-11-30")});
  read({ends("1", "2027-06-30")});
  EXPECT_EQ(only().employed_to, "2027-06-30");
  at("2026-12-05T08:00:00.000Z");
  EXPECT_EQ(world.sync().issued, 0u);
  EXPECT_EQ(read({ends("1", "2026-12-04")}).issued, 1u) << "moved to an earlier day, and past";
  EXPECT_EQ(world.desk->cases()->size(), 1u);
}

TEST_F(WatchFlowTest, AWithdrawnTerminationLaysTheCaseToRestAndANewOneWakesIt) {
  rule(AutomaticMode::issue, 30, 0h);
  read({ends("1", "2026-11-30")});
  EXPECT_EQ(read({stayer("1")}).waiting, 0u);
  EXPECT_EQ(only().stage, Stage::open);
  at("2026-12-05T08:00:00.000Z");
  EXPECT_EQ(world.sync().issued, 0u);
  EXPECT_EQ(read({ends("1", "2026-12-01")}).issued, 1u);
  EXPECT_EQ(world.desk->cases()->size(), 1u);
}

TEST_F(WatchFlowTest, ABackdatedEndIsIssuedLikeAnyOther) {
  rule(AutomaticMode::issue, 30, 0h);
  read({stayer("1")});
  EXPECT_EQ(read({ends("1", "2026-08-31")}).issued, 1u);
}

TEST_F(WatchFlowTest, AMoveWithinTheGroupIsNoLeaverAndTheNewEmploymentRestsTheCase) {
  rule(AutomaticMode::issue, 30, 0h);
  ingest::Person moving = ends("1", "2026-11-15");
  moving.termination_type = told<std::string>("sub_company_switch", "termination_type");
  EXPECT_EQ(read({moving}).opened, 0u) << "not ahead";
  ingest::Person moved = stayer("1");
  moved.hire_date.value = day("2026-11-16");
  moved.employment_id = "another";
  at("2026-11-20T08:00:00.000Z");
  EXPECT_EQ(read({moved}).opened, 0u);
}

// ---- what the rules let happen ------------------------------------------------------------------

TEST_F(WatchFlowTest, WhereTheRuleIsOffTheLeaverIsListedAndNothingElse) {
  rule(AutomaticMode::off, 30, 0h);
  EXPECT_EQ(read({leaver("1")}).opened, 0u);
  EXPECT_TRUE(world.desk->cases()->empty());
  ASSERT_EQ(world.desk->former()->size(), 1u);
  EXPECT_FALSE(world.desk->former()->front().has_case);
}

TEST_F(WatchFlowTest, ADraftWaitsForItsReleaseAndIsIssuedWithTheNextReading) {
  rule(AutomaticMode::draft, 30, 24h);
  EXPECT_EQ(read({leaver("1")}).issued, 0u);
  EXPECT_EQ(only().waiting, Waiting::to_release);
  EXPECT_EQ(only().planned, "");
  ASSERT_TRUE(world.desk->release(only_id()));
  EXPECT_EQ(world.desk->resume()->issued, 0u) << "its facts may have changed";
  EXPECT_EQ(world.sync().issued, 1u);
}

TEST_F(WatchFlowTest, AReleaseIsForTheDocumentThatWasSeen) {
  rule(AutomaticMode::draft, 30, 24h);
  read({leaver("1")});
  ASSERT_TRUE(world.desk->release(only_id()));
  ingest::Person other = leaver("1");
  other.position->value = "Leiterin Montage";
  EXPECT_EQ(read({other}).issued, 0u);
  EXPECT_EQ(only().waiting, Waiting::to_release);
}

TEST_F(WatchFlowTest, AReleaseAheadOfTheEndWaitsForIt) {
  rule(AutomaticMode::draft, 30, 24h);
  read({ends("1", "2026-11-30")});
  ASSERT_TRUE(world.desk->release(only_id()));
  EXPECT_EQ(world.sync().issued, 0u);
  EXPECT_EQ(only().planned, "2026-12-01");
  at("2026-12-01T08:00:00.000Z");
  EXPECT_EQ(world.sync().issued, 1u);
}

TEST_F(WatchFlowTest, WhatTheLawDoesNotLetGoByItselfIsNotIssuedByARule) {
  rule(AutomaticMode::issue, 30, 0h);
  ingest::Person silent = leaver("1");
  silent.mapped.erase("reference_wish");
  EXPECT_EQ(read({silent}).issued, 0u);
  EXPECT_EQ(only().waiting, Waiting::wish_not_recorded);
}

// ---- the hold period ----------------------------------------------------------------------------

TEST_F(WatchFlowTest, HrIsToldByMailOfCasesAndOfNothingAboutAnybody) {
  world.issuer.hr_mail = "hr-team@example.ch";
  rule(AutomaticMode::issue, 30, 24h);
  const SyncReport report = read({leaver("1"), leaver("2")});
  EXPECT_EQ(report.issued, 0u);
  EXPECT_EQ(report.noticed, 2u);
  ASSERT_EQ(world.transport.sent.size(), 1u) << "one message for both";
  EXPECT_EQ(world.transport.sent[0].to, "hr-team@example.ch");
  const std::string text = text_part_of(world.transport.sent[0].message);
  const std::vector<CaseSummary> cases = *world.desk->cases();
  for (const CaseSummary& each : cases) {
    EXPECT_NE(text.find(each.case_id), std::string::npos);
  }
  for (const char* word : {"Canaria", "Vogelsang", "Polymechanikerin", "2026-10-31", "private1"}) {
    EXPECT_EQ(text.find(word), std::string::npos) << word;
    EXPECT_EQ(world.transport.sent[0].message.find(word), std::string::npos) << word;
  }
}

TEST_F(WatchFlowTest, IssuesOnceTheHoldPeriodIsOver) {
  world.issuer.hr_mail = "hr-team@example.ch";
  rule(AutomaticMode::issue, 30, 24h);
  read({leaver("1")});
  EXPECT_EQ(only().planned, "2026-11-03");
  world.clock.advance(24h - 1ms);
  EXPECT_EQ(world.sync().issued, 0u);
  world.start(3);
  world.clock.advance(1ms);
  EXPECT_EQ(world.sync().issued, 1u);
  EXPECT_EQ(world.transport.sent.size(), 2u) << "told once, delivered once";
}

TEST_F(WatchFlowTest, NothingIsIssuedWhileNobodyCouldBeTold) {
  world.issuer.hr_mail = "hr-team@example.ch";
  rule(AutomaticMode::issue, 30, 1h);
  world.transport.answers = {delivery::Outcome::not_sent, delivery::Outcome::refused};
  for (int hour = 0; hour < 2; ++hour) {
    world.source.people = {leaver("1")};
    const auto report = world.desk->sync();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->issued, 0u);
    EXPECT_EQ(report->problems.size(), 1u);
    world.clock.advance(2h);
  }
  EXPECT_EQ(world.sync().noticed, 1u);
  world.clock.advance(1h);
  EXPECT_EQ(world.sync().issued, 1u);
}

TEST_F(WatchFlowTest, WithoutAnAddressTheListOfCasesIsTheNotice) {
  rule(AutomaticMode::issue, 30, 24h);
  EXPECT_EQ(read({leaver("1")}).issued, 0u);
  world.clock.advance(24h);
  EXPECT_EQ(world.sync().issued, 1u);
}

TEST_F(WatchFlowTest, AChangedDocumentIsHeldAnew) {
  rule(AutomaticMode::issue, 30, 24h);
  read({leaver("1")});
  world.clock.advance(20h);
  ingest::Person other = leaver("1");
  other.family_name.value = "Amsel";
  read({other});
  world.clock.advance(20h);
  EXPECT_EQ(world.sync().issued, 0u);
  world.clock.advance(4h);
  EXPECT_EQ(world.sync().issued, 1u);
}

TEST_F(WatchFlowTest, AStopHoldsUntilItIsReleased) {
  rule(AutomaticMode::issue, 30, 24h);
  read({leaver("1")});
  ASSERT_TRUE(world.desk->hold(only_id()));
  EXPECT_EQ(only().waiting, Waiting::stopped);
  world.start(3);
  world.clock.advance(100h);
  EXPECT_EQ(world.sync().issued, 0u);
  EXPECT_EQ(only().waiting, Waiting::stopped);
  ASSERT_TRUE(world.desk->release(only_id()));
  EXPECT_EQ(world.sync().issued, 1u);
  EXPECT_EQ(world.desk->hold(only_id()).error().fault, Fault::conflict) << "too late";
  EXPECT_EQ(world.desk->hold("NOBODY").error().fault, Fault::not_found);
}

// ---- fixed terms --------------------------------------------------------------------------------

TEST_F(WatchFlowTest, AsksWhetherAFixedTermWasExtended) {
  rule(AutomaticMode::issue, 30, 0h);
  EXPECT_EQ(read({term("1", "2026-11-30")}).opened, 1u);
  EXPECT_EQ(only().waiting, Waiting::term_to_confirm);
  at("2027-03-01T08:00:00.000Z");
  EXPECT_EQ(world.sync().issued, 0u) << "nobody said that it ended";
  EXPECT_EQ(read({term("1", "2028-11-30")}).waiting, 0u) << "extended";
  EXPECT_EQ(only().stage, Stage::open);
}

TEST_F(WatchFlowTest, IssuesOnceHrHasConfirmedTheEnd) {
  rule(AutomaticMode::issue, 30, 0h);
  read({term("1", "2026-11-30")});
  EXPECT_EQ(world.desk->confirm_end(only_id(), day("2018-01-01"), "Petra").error().fault,
            Fault::malformed);
  ASSERT_TRUE(world.desk->confirm_end(only_id(), std::nullopt, "Petra"));
  EXPECT_EQ(world.sync().issued, 0u) << "not before the day";
  EXPECT_EQ(only().planned, "2026-12-01");
  const std::vector<Word> words = *world.desk->words(only_id());
  const auto end = std::find_if(words.begin(), words.end(),
                                [](const Word& word) { return word.field == "employed_to"; });
  ASSERT_NE(end, words.end());
  EXPECT_EQ(end->source, "typed by Petra");
  at("2026-12-01T08:00:00.000Z");
  EXPECT_EQ(world.sync().issued, 1u);
  EXPECT_EQ(world.desk->confirm_end(only_id(), std::nullopt, "Petra").error().fault,
            Fault::conflict);
}

TEST_F(WatchFlowTest, AConfirmationIsForTheTermThatWasConfirmed) {
  rule(AutomaticMode::issue, 30, 0h);
  read({term("1", "2026-11-10")});
  ASSERT_TRUE(world.desk->confirm_end(only_id(), day("2026-11-10"), "Petra"));
  at("2026-11-11T08:00:00.000Z");
  EXPECT_EQ(read({term("1", "2026-11-30")}).issued, 0u) << "extended before it was read again";
  EXPECT_EQ(only().waiting, Waiting::term_to_confirm);
}

TEST_F(WatchFlowTest, TakesATermsEndWhereTheIssuerChoseSo) {
  rule(AutomaticMode::issue, 30, 0h, true);
  read({term("1", "2026-11-30")});
  at("2026-12-01T08:00:00.000Z");
  EXPECT_EQ(world.sync().issued, 1u);
}

TEST_F(WatchFlowTest, AsksNobodyAboutTermsThatWereOverBeforeTheConnection) {
  rule(AutomaticMode::issue, 30, 0h);
  EXPECT_EQ(read({term("1", "2021-11-30")}).opened, 0u);
}

// ---- those who had left before ------------------------------------------------------------------

TEST_F(WatchFlowTest, WhoHadLeftBeforeIsListedAndNotIssued) {
  world.issuer.look_back_days = 0;
  world.start(2);
  EXPECT_EQ(read({leaver("1"), stayer("2")}).opened, 0u);
  world.clock.advance(48h);
  EXPECT_EQ(world.sync().opened, 0u);
  const std::vector<Former> former = *world.desk->former();
  ASSERT_EQ(former.size(), 1u);
  EXPECT_EQ(former[0].person, "1");
  EXPECT_EQ(former[0].start, day("2019-03-01"));
  EXPECT_EQ(former[0].end, day("2026-10-31"));
}

TEST_F(WatchFlowTest, ACaseForAFormerEmployeeWaitsForHrAndIsThenLikeAnyOther) {
  world.issuer.look_back_days = 0;
  world.start(2);
  read({leaver("1"), stayer("2")});
  EXPECT_EQ(world.desk->open_former("3").error().fault, Fault::not_found);
  EXPECT_EQ(world.desk->open_former("2").error().fault, Fault::conflict);
  const Result<std::string> opened = world.desk->open_former("1");
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(*opened, only_id());
  EXPECT_EQ(only().waiting, Waiting::to_release);
  EXPECT_EQ(world.desk->open_former("1").error().fault, Fault::conflict);
  EXPECT_EQ(world.sync().issued, 0u) << "no rule issues it";
  ASSERT_TRUE(world.desk->release(*opened));
  EXPECT_EQ(world.sync().issued, 1u);
  EXPECT_TRUE(world.desk->former()->front().has_case);
}

// ---- deleted in the HR system -------------------------------------------------------------------

TEST_F(WatchFlowTest, ADeletedPersonsCaseSaysSoAndLosesNothing) {
  rule(AutomaticMode::issue, 30, 0h);
  read({ends("1", "2026-11-30"), stayer("2")});
  const SyncReport report = read({stayer("2")});
  EXPECT_EQ(report.waiting, 1u);
  EXPECT_EQ(only().waiting, Waiting::deleted_in_source);
  EXPECT_TRUE(only().gone);
  EXPECT_EQ(only().name, "Canaria Vogelsang1");
  at("2026-12-01T08:00:00.000Z");
  EXPECT_EQ(world.sync().issued, 0u);
  ASSERT_TRUE(world.desk->release(only_id()));
  EXPECT_EQ(world.sync().issued, 1u);
  EXPECT_EQ(only().employed_to, "2026-11-30");
}

TEST_F(WatchFlowTest, WhoComesBackGoesOn) {
  rule(AutomaticMode::issue, 30, 0h);
  read({ends("1", "2026-11-30"), stayer("2")});
  read({stayer("2")});
  at("2026-12-01T08:00:00.000Z");
  EXPECT_EQ(read({ends("1", "2026-11-30"), stayer("2")}).issued, 1u);
  EXPECT_FALSE(only().gone);
}

TEST_F(WatchFlowTest, WhoeverIsDeletedAfterIssuingNeedsNothing) {
  read({leaver("1"), stayer("2")});
  EXPECT_EQ(read({stayer("2")}).waiting, 0u);
  EXPECT_TRUE(only().gone);
  EXPECT_EQ(only().note, "");
}

TEST_F(WatchFlowTest, NobodyIsTakenForDeletedWhenTheCompanyVanishes) {
  rule(AutomaticMode::issue, 30, 0h);
  std::vector<ingest::Person> company{ends("0", "2026-11-30")};
  for (int n = 1; n < 30; ++n) company.push_back(stayer(std::to_string(n)));
  read(company);
  world.source.people = {stayer("1")};
  const auto report = world.desk->sync();
  ASSERT_TRUE(report);
  EXPECT_EQ(report->problems.size(), 1u);
  EXPECT_FALSE(only().gone);
}

// ---- after issuing ------------------------------------------------------------------------------

TEST_F(WatchFlowTest, ATaskThatHrHasDealtWithStaysDone) {
  read({leaver("1")});
  ingest::Person other = leaver("1");
  other.termination_date->value = day("2026-10-15");
  read({other});
  EXPECT_NE(only().note.find("end date"), std::string::npos);
  ASSERT_TRUE(world.desk->settle(only_id()));
  EXPECT_EQ(only().note, "");
  world.start(3);
  world.sync();
  EXPECT_EQ(only().note, "");
  other.termination_date->value = day("2026-10-16");
  read({other});
  EXPECT_NE(only().note.find("end date"), std::string::npos) << "another change is another task";
  EXPECT_EQ(issued(), 1u);
  read({leaver("1")});
  EXPECT_EQ(world.desk->settle(only_id()).error().fault, Fault::conflict);
}

TEST_F(WatchFlowTest, HrCanSayThatItDidArrive) {
  read({leaver("1")});
  EXPECT_EQ(world.desk->arrived(only_id()).error().fault, Fault::conflict);
  World doubtful;
  doubtful.source.people = {leaver("1")};
  doubtful.transport.answers = {delivery::Outcome::unknown};
  doubtful.sync();
  ASSERT_TRUE(doubtful.desk->arrived(doubtful.only_case().case_id));
  EXPECT_EQ(doubtful.only_case().stage, Stage::delivered);
  ASSERT_TRUE(doubtful.desk->resume());
  EXPECT_EQ(doubtful.transport.sent.size(), 1u);
  EXPECT_TRUE(doubtful.vault->list("message")->empty());
}

// ---- whose word counts --------------------------------------------------------------------------

TEST_F(WatchFlowTest, WhatHrTypesCountsWithItsReason) {
  rule(AutomaticMode::draft, 30, 0h);
  ingest::Person person = leaver("1");
  person.position.reset();
  read({person});
  EXPECT_EQ(only().waiting, Waiting::position_missing);
  ASSERT_TRUE(world.desk->type(only_id(), "position", "Dreherin", "Petra", "never recorded"));
  world.sync();
  EXPECT_EQ(only().position, "Dreherin");
  EXPECT_EQ(only().waiting, Waiting::to_release);
  const std::vector<Word> words = *world.desk->words(only_id());
  const auto position = std::find_if(words.begin(), words.end(),
                                     [](const Word& word) { return word.field == "position"; });
  ASSERT_NE(position, words.end());
  EXPECT_EQ(position->source, "typed by Petra");
  EXPECT_EQ(position->reason, "never recorded");
}

TEST_F(WatchFlowTest, HrChoosesBetweenTheHrSystemAndWhatItTyped) {
  rule(AutomaticMode::draft, 30, 0h);
  read({leaver("1")});
  ASSERT_TRUE(world.desk->type(only_id(), "family_name", "Amsel", "Petra", "married"));
  world.sync();
  EXPECT_EQ(only().name, "Canaria Amsel");
  ASSERT_TRUE(world.desk->choose(only_id(), "family_name", "personio"));
  world.sync();
  EXPECT_EQ(only().name, "Canaria Vogelsang1");
  ASSERT_TRUE(world.desk->choose(only_id(), "family_name", "typed"));
  world.sync();
  EXPECT_EQ(only().name, "Canaria Amsel");
  EXPECT_EQ(world.desk->choose(only_id(), "family_name", "bexio").error().fault, Fault::not_found);
  ASSERT_TRUE(world.desk->type(only_id(), "family_name", "", "Petra", "no longer needed"));
  world.sync();
  EXPECT_EQ(only().name, "Canaria Vogelsang1");
}

TEST_F(WatchFlowTest, ATypedEndCountsAndATypedMistakeIsNamed) {
  rule(AutomaticMode::issue, 30, 0h);
  ingest::Person person = leaver("1");
  person.termination_date.reset();
  read({person});
  EXPECT_EQ(only().waiting, Waiting::end_unknown);
  for (const auto& [field, value] : std::map<std::string, std::string>{
           {"termination_date", "yesterday"}, {"favourite_colour", "blue"}, {"position", "a\nb"}}) {
    EXPECT_EQ(world.desk->type(only_id(), field, value, "Petra", "told").error().fault,
              Fault::malformed)
        << field;
  }
  EXPECT_FALSE(world.desk->type(only_id(), "termination_date", "2026-10-31", "Petra", ""));
  ASSERT_TRUE(world.desk->type(only_id(), "termination_date", "2026-10-31", "Petra", "told"));
  EXPECT_EQ(world.sync().issued, 1u);
  EXPECT_EQ(only().employed_to, "2026-10-31");
  EXPECT_EQ(world.sync().waiting, 0u);
  EXPECT_EQ(only().note, "") << "the HR system's silence is no change";
}

// ---- absences -----------------------------------------------------------------------------------

TEST_F(WatchFlowTest, AbsencesComeWithTheCaseWhereTheyMayBeRead) {
  rule(AutomaticMode::draft, 30, 0h);
  world.source.absences["1"] = {{"sick_leave", day("2026-01-01"), day("2026-01-31")},
                                {"sick_leave", day("2026-01-20"), day("2026-02-09")},
                                {"paid_vacation", day("2026-07-01"), day("2026-07-21")},
                                {"parental_leave", day("2026-10-01"), day("2026-12-31")}};
  read({leaver("1"), leaver("2")});
  const std::vector<CaseSummary> cases = *world.desk->cases();
  ASSERT_TRUE(cases[0].absences);
  EXPECT_EQ(cases[0].absences->absent_days, 40u + 31u) << "each day once, and none after the end";
  EXPECT_EQ(cases[0].absences->employed_days, 2802u);
  EXPECT_EQ(cases[0].absences->net_days(), 2802u - 71u);
  EXPECT_NEAR(cases[0].absences->long_share(), 71.0 / 2802.0, 1e-9);
  using letter::AbsenceKind;
  EXPECT_EQ(cases[0].absences->periods,
            (std::vector<Away>{{AbsenceKind::illness, day("2026-01-01"), day("2026-02-09")},
                               {AbsenceKind::parental, day("2026-10-01"), day("2026-10-31")}}))
      << "kinds and days of the employment, joined, without the holidays";
  EXPECT_EQ(cases[1].absences->absent_days, 0u);
  const std::size_t asked = world.source.absence_requests;
  world.sync();
  EXPECT_EQ(world.source.absence_requests, asked) << "once a case";
}

TEST_F(WatchFlowTest, WithoutThePermissionTheCaseDoesWithoutThem) {
  rule(AutomaticMode::issue, 30, 0h);
  world.source.may_read_absences = false;
  EXPECT_EQ(read({leaver("1"), leaver("2")}).issued, 2u);
  EXPECT_EQ(world.source.absence_requests, 1u) << "a refusal is for everybody";
}

TEST_F(WatchFlowTest, NoAbsenceIsKeptOnceTheReferenceIsDelivered) {
  world.source.absences["1"] = {{"sick_leave", day("2026-01-01"), day("2026-01-31")}};
  read({leaver("1")});
  EXPECT_EQ(only().stage, Stage::delivered);
  EXPECT_FALSE(only().absences);
}

// ---- readings -----------------------------------------------------------------------------------

struct IncrementalTest : WatchFlowTest {
  IncrementalTest() {
    rule(AutomaticMode::issue, 30, 0h);
    world.source.incremental = true;
  }
  const ingest::ReadRequest& last() const { return world.source.requests.back(); }
};

TEST_F(IncrementalTest, ReadsEverybodyFirstAndThenOnlyWhatChangedWithAnOverlap) {
  read({stayer("1")});
  EXPECT_FALSE(last().changed_since);
  const UtcMillis first = world.clock.now();
  world.clock.advance(5min);
  EXPECT_FALSE(world.sync().complete);
  ASSERT_TRUE(last().changed_since);
  EXPECT_LE(*last().changed_since, first - 24h);
  EXPECT_TRUE(world.desk->sync({.full = true})->complete);
}

TEST_F(IncrementalTest, SweepsOnceANightInTheCompanysZone) {
  at("2026-11-02T08:00:00.000Z");
  read({stayer("1")});
  at("2026-11-03T01:59:00.000Z");
  EXPECT_FALSE(world.sync().complete);
  at("2026-11-03T02:00:00.000Z");  // three in the morning in Zürich
  EXPECT_TRUE(world.sync().complete);
  at("2026-11-03T02:05:00.000Z");
  EXPECT_FALSE(world.sync().complete);
}

TEST_F(IncrementalTest, ReadsAnewWhomTimeBroughtNearWithoutAnyChange) {
  read({ends("1", "2026-12-10"), stayer("2")});
  EXPECT_TRUE(world.desk->cases()->empty());
  at("2026-11-10T02:30:00.000Z");
  world.sync();  // the night's sweep opens the case: thirty days
  EXPECT_EQ(only().stage, Stage::drafted);
  at("2026-12-10T02:30:00.000Z");
  world.sync();
  at("2026-12-10T23:00:00.000Z");  // midnight in Zürich
  EXPECT_EQ(world.sync().issued, 1u);
  EXPECT_FALSE(world.source.requests.back().changed_since == std::nullopt);
  EXPECT_EQ(last().also, std::vector<std::string>{"1"});
}

TEST_F(IncrementalTest, AChangedRuleCountsAtOnceForEverybody) {
  read({ends("1", "2027-01-15"), stayer("2")});
  EXPECT_TRUE(world.desk->cases()->empty());
  world.sync();
  EXPECT_TRUE(last().changed_since) << "nothing changed";
  rule(AutomaticMode::issue, 90, 0h);
  EXPECT_EQ(world.sync().opened, 1u);
  EXPECT_FALSE(last().changed_since);
  world.sync();
  EXPECT_TRUE(last().changed_since) << "once";
}

TEST_F(IncrementalTest, IssuesNothingOnFactsThatWereNotReadAgain) {
  read({ends("1", "2026-11-02"), stayer("2")});
  EXPECT_EQ(only().stage, Stage::drafted);
  at("2026-11-03T00:00:00.000Z");  // the day is over, and the record cannot be read
  world.source.people = {stayer("2")};
  world.source.unusable = {"1: hire_date: not a date"};
  EXPECT_EQ(world.sync().issued, 0u);
  EXPECT_EQ(last().also, std::vector<std::string>{"1"});
  EXPECT_EQ(only().stage, Stage::drafted);
  world.source.unusable = {};
  EXPECT_EQ(read({ends("1", "2026-11-02"), stayer("2")}).issued, 1u);
}

TEST_F(IncrementalTest, AHintReadsThatPersonAnew) {
  read({stayer("1"), stayer("2")});
  world.source.people[1] = leaver("2");
  const auto report = world.desk->sync({.hints = {"2", "no such id"}});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->issued, 1u);
}

TEST_F(IncrementalTest, AReadingOfFewKeepsWhatIsUnusableAboutTheOthers) {
  world.source.unusable = {"9: hire_date: not a date"};
  read({stayer("1")});
  world.source.unusable = {};
  world.sync();
  EXPECT_EQ(world.desk->reading()->unusable.size(), 1u);
  EXPECT_TRUE(world.desk->sync({.full = true}));
  EXPECT_TRUE(world.desk->reading()->unusable.empty());
}

TEST_F(IncrementalTest, ACompanyThatDoesNotChangeCostsNoWrite) {
  read({stayer("1"), stayer("2"), ends("3", "2027-12-31")});
  const std::size_t writes = world.vault_store.writes();
  for (int n = 0; n < 10; ++n) {
    world.clock.advance(5min);
    world.sync();
  }
  EXPECT_EQ(world.vault_store.writes(), writes);
}

TEST_F(WatchFlowTest, AReadingThatFailsInTheMiddleChangesNothing) {
  read({stayer("1"), ends("2", "2026-11-30")});
  const std::size_t writes = world.vault_store.writes();
  world.source.people = {leaver("1"), stayer("2"), leaver("3")};
  world.source.failure = Error{Fault::upstream, "the totals do not agree"};
  EXPECT_FALSE(world.desk->sync());
  EXPECT_EQ(world.vault_store.writes(), writes);
  EXPECT_EQ(issued(), 0u);
  world.source.failure.reset();
  EXPECT_EQ(world.sync().issued, 2u);
}

TEST_F(WatchFlowTest, ADryRunTellsEverythingAndChangesNothing) {
  rule(AutomaticMode::issue, 30, 0h);
  const std::size_t writes = world.vault_store.writes();
  world.source.people = {leaver("1"), ends("2", "2026-11-30"), term("3", "2026-11-10"),
                         stayer("4")};
  const auto report = world.desk->sync({.dry_run = true});
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(world.vault_store.writes(), writes);
  EXPECT_TRUE(world.desk->cases()->empty());
  EXPECT_EQ(report->opened, 3u);
  ASSERT_EQ(report->acts.size(), 3u);
  EXPECT_EQ(report->acts[0].issue, "2026-11-02");
  EXPECT_EQ(report->acts[1].issue, "2026-12-01");
  EXPECT_EQ(report->acts[2].waiting, Waiting::term_to_confirm);
  EXPECT_EQ(world.sync().opened, 3u) << "and the real run does it";
}

// ---- nobody waits for anybody else --------------------------------------------------------------

TEST_F(WatchFlowTest, OrdersGoOnWhileAMailServerWithholdsItsAnswer) {
  world.source.people = {leaver("1"), leaver("2")};
  std::size_t stuck = 0;
  world.transport.on_send = [&] {
    if (++stuck != 1) return;
    // Inside the mail dialogue, from elsewhere: nothing of this may block.
    std::async(std::launch::async, [&] {
      const std::vector<CaseSummary> cases = *world.desk->cases();
      EXPECT_EQ(world.desk->sync({.deliver = true})->delivered, 0u);
      EXPECT_TRUE(world.desk->withdraw(*format::parse_id(cases[0].reference_id)));
      EXPECT_TRUE(world.desk->withdraw(*format::parse_id(cases[1].reference_id)));
      EXPECT_TRUE(world.desk->refresh_status());
    }).get();
  };
  EXPECT_EQ(world.sync().delivered, 0u);
  EXPECT_EQ(stuck, 1u) << "the other one was withdrawn before its turn";
  const std::vector<CaseSummary> after = *world.desk->cases();
  for (const CaseSummary& each : after) EXPECT_EQ(each.stage, Stage::withdrawn);
  EXPECT_TRUE(world.vault->list("message")->empty());
}

TEST_F(WatchFlowTest, OrdersGoOnWhileTheHrSystemIsSlow) {
  read({leaver("1")});
  const ReferenceId id = *format::parse_id(only().reference_id);
  world.source.on_read = [&] {
    std::async(std::launch::async, [&] { EXPECT_TRUE(world.desk->withdraw(id)); }).get();
  };
  world.sync();
  EXPECT_EQ(only().stage, Stage::withdrawn);
}

// ---- any order ----------------------------------------------------------------------------------

// Four things happen to one person, in every order, each read once, twice, or not by itself; and
// the process may start anew after each.  It comes to one case and at most one reference.
TEST_F(WatchFlowTest, AnyOrderOfEventsComesToOneCaseAndOneReference) {
  using Event = std::function<void(ingest::Person&)>;
  const std::vector<Event> events{
      [](ingest::Person& one) { one.termination_date = told(day("2026-10-31"), "t"); },
      [](ingest::Person& one) { one.status.value = ingest::EmploymentStatus::inactive; },
      [](ingest::Person& one) { one.hire_date.value = day("2018-07-01"); },
      [](ingest::Person& one) { one.contract_end = told(day("2026-10-15"), "c"); }};
  std::vector<std::size_t> order{0, 1, 2, 3};
  std::size_t worlds = 0;
  do {
    for (const int readings : {0, 1, 2}) {
      World one;
      one.source.people = {stayer("1"), stayer("2")};
      one.sync();
      for (const std::size_t event : order) {
        events[event](one.source.person("1"));
        for (int n = 0; n < readings; ++n) one.sync();
        if (readings == 2) one.start(static_cast<std::uint8_t>(3 + event));
      }
      one.sync();
      one.sync();
      EXPECT_EQ(one.desk->cases()->size(), 1u);
      EXPECT_EQ(one.count<format::Issued>(), 1u);
      EXPECT_EQ(one.transport.sent.size(), 1u);
      ++worlds;
    }
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(worlds, 72u);
}

// ---- the night's sweep --------------------------------------------------------------------------

TEST(Sweep, IsDueOnceANightAlsoWhereClocksChange) {
  const auto due = [](const char* swept, const char* now, const char* zone) {
    WatchHead head;
    head.swept_at = *parse_time(swept, "swept");
    return *is_sweep_due(head, *parse_time(now, "now"), zone);
  };
  EXPECT_TRUE(*is_sweep_due({}, *parse_time("2026-11-02T08:00:00.000Z", "now"), "Europe/Zurich"));
  // Clocks forward at 01:00Z on 28 March 2027, back at 01:00Z on 31 October 2027.
  for (const char* date : {"2027-03-28", "2027-10-31", "2026-12-31", "2027-01-01"}) {
    int sweeps = 0;
    WatchHead head;
    head.swept_at = *parse_time(std::string(date) + "T00:00:00.000Z", "swept") - 12h;
    for (int minute = 0; minute < 24 * 60; minute += 5) {
      const UtcMillis now =
          *parse_time(std::string(date) + "T00:00:00.000Z", "now") + std::chrono::minutes(minute);
      if (!*is_sweep_due(head, now, "Europe/Zurich")) continue;
      head.swept_at = now;
      ++sweeps;
    }
    EXPECT_EQ(sweeps, 1) << date;
  }
  EXPECT_FALSE(due("2026-11-02T03:00:00.000Z", "2026-11-02T23:00:00.000Z", "Europe/Zurich"));
  EXPECT_TRUE(due("2026-11-02T03:00:00.000Z", "2026-11-02T15:00:00.000Z", "Pacific/Auckland"));
  EXPECT_TRUE(due("2036-01-01T00:00:00.000Z", "2026-11-02T15:00:00.000Z", "Europe/Zurich"))
      << "a clock that was wrong";
}

}  // namespace
}  // namespace refledger::desk
