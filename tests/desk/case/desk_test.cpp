// Leavers in, delivered references out: who gets one, who waits and for what, and never twice.
#include "desk/case/desk.h"

#include <gtest/gtest.h>

#include "world.h"

namespace refledger::desk {
namespace {

struct DeskTest : testing::Test {
  World world;

  void expect_waiting(const ingest::Person& person, Waiting waiting) {
    world.source.people = {person};
    const SyncReport report = world.sync();
    const CaseSummary summary = world.only_case();
    EXPECT_EQ(summary.waiting, waiting) << name_of(summary.waiting);
    EXPECT_EQ(summary.stage, Stage::open);
    EXPECT_FALSE(summary.waiting_for.empty());
    EXPECT_EQ(report.waiting, 1u);
    EXPECT_EQ(report.issued, 0u);
    EXPECT_EQ(world.count<format::Issued>(), 0u);
    EXPECT_TRUE(world.transport.sent.empty());
  }
};

TEST_F(DeskTest, CarriesALeaverFromTheSourceToADeliveredReference) {
  world.source.people = {leaver("7"), stayer("8")};
  const SyncReport report = world.sync();
  EXPECT_EQ(report.people, 2u);
  EXPECT_EQ(report.leavers, 1u);
  EXPECT_EQ(report.opened, 1u);
  EXPECT_EQ(report.issued, 1u);
  EXPECT_EQ(report.delivered, 1u);
  EXPECT_EQ(report.waiting, 0u);
  const CaseSummary summary = world.only_case();
  EXPECT_EQ(summary.stage, Stage::delivered);
  EXPECT_EQ(summary.name, "Canaria Vogelsang7");
  EXPECT_EQ(summary.employed_to, "2026-10-31");
  EXPECT_EQ(summary.reference_id.size(), 26u);
  ASSERT_EQ(world.transport.sent.size(), 1u);
  EXPECT_EQ(world.transport.sent[0].to, "private7@example.org");
}

TEST_F(DeskTest, DeliversWhatAnEmployerFindsGenuineAndValid) {
  world.source.people = {leaver("7")};
  world.sync();
  const Brought brought = judge(world.transport.sent.at(0).message, world.clock.now());
  EXPECT_EQ(brought.findings.signature, verify::PdfSignature::whole_file);
  EXPECT_EQ(brought.report.verdict, verify::Verdict::genuine_and_valid) << brought.report.reason;
  const credential::Claims& claims = brought.report.claims;
  EXPECT_EQ(claims.at("given_name"), "Canaria");
  EXPECT_EQ(claims.at("family_name"), "Vogelsang7");
  EXPECT_EQ(claims.at("position"), "Polymechanikerin");
  EXPECT_EQ(claims.at("department"), "Montage");
  EXPECT_EQ(claims.at("workload"), "38.5 h");
  EXPECT_EQ(claims.at("employed_from"), "2019-03-01");
  EXPECT_EQ(claims.at("employed_to"), "2026-10-31");
  EXPECT_EQ(claims.at("reference_type"), "confirmation");
  EXPECT_EQ(claims.at("signing_mode"), "company-seal");
  EXPECT_EQ(format::format_id(brought.proof.id), world.only_case().reference_id);
}

TEST_F(DeskTest, TakesTheStepsInTheOrderThatItNames) {
  world.source.people = {leaver("7")};
  world.sync();
  const auto names = step_names();
  EXPECT_EQ(world.steps, std::vector<std::string>(names.begin(), names.end()));
}

TEST_F(DeskTest, DatesASwissDocumentTheDayOfIssuingAndAGermanOneTheLastDay) {
  world.clock.set("2026-11-02T23:30:00.000Z");  // already the third in Zürich
  world.source.people = {leaver("1", "CH", "de"), leaver("2", "DE", "en")};
  EXPECT_EQ(world.sync().delivered, 2u);
  for (const auto& sent : world.transport.sent) {
    const Brought brought = judge(sent.message, world.clock.now());
    const credential::Claims& claims = brought.report.claims;
    const bool swiss = claims.at("governing_law") == "CH";
    EXPECT_EQ(claims.at("document_date"), swiss ? "2026-11-03" : "2026-10-31");
    EXPECT_EQ(claims.at("language"), swiss ? "de" : "en");
  }
}

TEST_F(DeskTest, ASecondSyncIssuesAndSendsNothing) {
  world.source.people = {leaver("1"), leaver("2", "DE")};
  world.sync();
  const std::size_t writes = world.vault_store.writes();
  world.start(2);
  const SyncReport again = world.sync();
  EXPECT_EQ(again.opened, 0u);
  EXPECT_EQ(again.issued, 0u);
  EXPECT_EQ(again.delivered, 0u);
  EXPECT_EQ(world.count<format::Issued>(), 2u);
  EXPECT_EQ(world.transport.sent.size(), 2u);
  EXPECT_EQ(world.vault_store.writes(), writes);
}

// ---- who waits ----------------------------------------------------------------------------------

TEST_F(DeskTest, WaitsForTheWishUnderSwissLaw) {
  ingest::Person person = leaver("1");
  person.mapped.erase("reference_wish");
  expect_waiting(person, Waiting::wish_not_recorded);
}

TEST_F(DeskTest, WaitsForTheWishUnderGermanLaw) {
  ingest::Person person = leaver("1", "DE");
  person.mapped.erase("reference_wish");
  expect_waiting(person, Waiting::wish_not_recorded);
}

TEST_F(DeskTest, LeavesTheFullCertificateToHr) {
  for (const char* country : {"CH", "DE"}) {
    World another;
    ingest::Person person = leaver("1", country);
    person.mapped["reference_wish"] = told<std::string>("full", "dynamic_4");
    another.source.people = {person};
    EXPECT_EQ(another.sync().issued, 0u);
    EXPECT_EQ(another.only_case().waiting, Waiting::full_reference_wished);
    EXPECT_NE(another.only_case().waiting_for.find("full certificate"), std::string::npos);
  }
}

TEST_F(DeskTest, NamesAWishThatItDoesNotKnowAndTheValueThatCounts) {
  ingest::Person person = leaver("1");
  person.mapped["reference_wish"] = told<std::string>("bestätigung", "dynamic_4");
  expect_waiting(person, Waiting::wish_not_recognised);
  const std::string said = world.only_case().waiting_for;
  EXPECT_NE(said.find("\"bestätigung\""), std::string::npos) << said;
  EXPECT_NE(said.find("\"confirmation\""), std::string::npos) << said;
}

TEST_F(DeskTest, WaitsForAnEndDate) {
  ingest::Person person = leaver("1");
  person.termination_date.reset();
  expect_waiting(person, Waiting::end_unknown);
}

TEST_F(DeskTest, DoesNotTakeALastWorkingDayForTheEnd) {
  ingest::Person person = leaver("1");
  person.last_working_day = told(day("2026-10-01"), "last_working_day");
  person.termination_date.reset();
  expect_waiting(person, Waiting::end_not_definitive);
}

TEST_F(DeskTest, WaitsWhileTheEndLiesAhead) {
  ingest::Person person = leaver("1");
  person.termination_date->value = day("2026-12-31");
  expect_waiting(person, Waiting::end_ahead);
}

TEST_F(DeskTest, WaitsWhereDatesAreTheWrongWayRound) {
  ingest::Person person = leaver("1");
  person.hire_date.value = day("2026-11-01");
  expect_waiting(person, Waiting::end_before_start);
}

TEST_F(DeskTest, SendsNothingAfterADeath) {
  ingest::Person person = leaver("1");
  person.termination_type = told<std::string>("death", "termination_type");
  expect_waiting(person, Waiting::death);
}

TEST_F(DeskTest, LeavesAMoveWithinTheGroupToHr) {
  ingest::Person person = leaver("1");
  person.termination_type = told<std::string>("sub-company-switch", "termination_type");
  expect_waiting(person, Waiting::moved_within_group);
}

TEST_F(DeskTest, NobodyAttestsForAnotherCompanyOfTheGroup) {
  ingest::Person person = leaver("1");
  person.legal_entity = told<std::string>("Muster Werke Deutschland GmbH", "subcompany");
  expect_waiting(person, Waiting::other_employer);
}

TEST_F(DeskTest, WaitsForTheLegalEntityWhereTheSettingsNameOne) {
  world.issuer.legal_entity = "Muster Werke AG (Schweiz)";
  world.start(2);
  expect_waiting(leaver("1"), Waiting::employer_not_recorded);
  world.source.people[0].legal_entity =
      told<std::string>("Muster Werke AG (Schweiz)", "subcompany");
  EXPECT_EQ(world.sync().delivered, 1u);
}

TEST_F(DeskTest, WaitsForTheLegalEntityWhereOthersHaveOne) {
  world.source.people = {leaver("1"), stayer("2")};
  world.source.people[1].legal_entity = told<std::string>("Muster Werke AG", "subcompany");
  EXPECT_EQ(world.sync().issued, 0u);
  EXPECT_EQ(world.only_case().waiting, Waiting::employer_not_recorded);
  EXPECT_NE(world.only_case().waiting_for.find("legal entity"), std::string::npos);
}

TEST_F(DeskTest, TellsHrInGermanWhereTheSettingsSaySo) {
  world.issuer.hr_language = "de";
  world.start(2);
  world.source.people = {leaver("1"), leaver("2")};
  world.source.people[1].position.reset();
  world.sync();
  world.source.people[0].termination_date->value = day("2026-10-15");
  world.sync();
  const std::vector<CaseSummary> cases = *world.desk->cases();
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_NE((cases[0].note + cases[1].note).find("das Austrittsdatum"), std::string::npos);
  EXPECT_NE((cases[0].waiting_for + cases[1].waiting_for).find("Tragen Sie die Funktion"),
            std::string::npos);
}

TEST_F(DeskTest, LeavesToHrWhatNoRulesAreThereFor) {
  expect_waiting(leaver("1", "US"), Waiting::law_not_supported);
}

// What may go by itself, and what a letter must say, stands in the packs.
TEST_F(DeskTest, LeavesToHrWhatTheLawAsksForBeyondTheHrSystem) {
  for (const std::string law : {"AT", "IT", "NL", "FR"}) {
    World there;
    there.source.people = {leaver("1", law, law == "FR" ? "fr" : "de")};
    there.sync();
    EXPECT_EQ(there.only_case().waiting, Waiting::law_asks_more) << law;
    const std::string told = there.only_case().waiting_for;
    EXPECT_NE(told.find("(function_period)"), std::string::npos) << law << ": " << told;
  }
}

TEST_F(DeskTest, IssuesWithoutAWishWhereTheLawNeedsNone) {
  world.issuer.automatic.set("GB", "simple",
                             {ingest::AutomaticMode::issue, 0, std::chrono::hours(0), {}});
  world.start(2);
  ingest::Person person = leaver("1", "GB");
  person.mapped.erase("reference_wish");
  person.mapped.erase("language");
  world.source.people = {person};
  EXPECT_EQ(world.sync().issued, 1u) << world.only_case().waiting_for;
  const Brought brought = judge(world.transport.sent.at(0).message, world.clock.now());
  EXPECT_EQ(brought.report.claims.at("reference_type"), "simple");
  EXPECT_EQ(brought.report.claims.at("language"), "en");
  EXPECT_EQ(brought.report.claims.count("workload"), 0u) << "never said there";
}

TEST_F(DeskTest, WaitsForTheLaw) {
  ingest::Person person = leaver("1");
  person.mapped.erase("country");
  expect_waiting(person, Waiting::law_unknown);
}

TEST_F(DeskTest, WritesAndMailsInEveryLanguageThereIsAWordingFor) {
  for (const auto& [language, greeting] : std::map<std::string, std::string>{
           {"de", "Guten Tag "}, {"fr", "Bonjour "}, {"it", "Buongiorno "}, {"en", "Dear "}}) {
    World there;
    there.source.people = {leaver("1", "CH", language)};
    EXPECT_EQ(there.sync().issued, 1u) << language;
    const std::string& message = there.transport.sent.at(0).message;
    EXPECT_EQ(text_part_of(message).rfind(greeting, 0), 0u) << language;
    EXPECT_EQ(judge(message, there.clock.now()).report.claims.at("language"), language);
  }
  expect_waiting(leaver("1", "CH", "rm"), Waiting::language_not_supported);
}

TEST_F(DeskTest, WaitsForThePosition) {
  ingest::Person person = leaver("1");
  person.position.reset();
  expect_waiting(person, Waiting::position_missing);
}

TEST_F(DeskTest, WaitsForAPrivateAddressOnceTheMailboxIsDead) {
  ingest::Person person = leaver("1");
  person.mapped.erase("private_email");
  expect_waiting(person, Waiting::address_missing);
}

TEST_F(DeskTest, SendsToTheWorkAddressWhileThatMailboxLives) {
  ingest::Person person = leaver("1");
  person.mapped.erase("private_email");
  person.status.value = ingest::EmploymentStatus::active;
  world.source.people = {person};
  EXPECT_EQ(world.sync().delivered, 1u);
  EXPECT_EQ(world.transport.sent.at(0).to, "work1@example.ch");
}

TEST_F(DeskTest, RefusesAnAddressThatWouldInjectAHeader) {
  ingest::Person person = leaver("1");
  person.mapped["private_email"].value = "a@example.org\r\nBcc: b@example.org";
  expect_waiting(person, Waiting::address_unusable);
}

TEST_F(DeskTest, RefusesANameWithABidiOverride) {
  ingest::Person person = leaver("1");
  person.family_name.value = "Vogel\u202Egnas";
  expect_waiting(person, Waiting::text_not_printable);
  EXPECT_NE(world.only_case().waiting_for.find("family_name"), std::string::npos);
}

TEST_F(DeskTest, ANameThatNoFontShowsWaitsAndGoesOnOnceItIsCorrected) {
  ingest::Person person = leaver("1");
  person.family_name.value = "\U00013000";  // an Egyptian hieroglyph
  expect_waiting(person, Waiting::text_not_printable);
  world.source.people[0].family_name.value = "Vogelsang";
  world.start(2);
  EXPECT_EQ(world.sync().delivered, 1u);
  EXPECT_EQ(world.count<format::Issued>(), 1u);
  EXPECT_EQ(world.only_case().waiting_for, "");
}

TEST_F(DeskTest, GoesOnOnceHrHasDoneWhatTheCaseSaid) {
  ingest::Person person = leaver("1");
  person.mapped.erase("reference_wish");
  expect_waiting(person, Waiting::wish_not_recorded);
  world.source.people = {leaver("1")};
  const SyncReport report = world.sync();
  EXPECT_EQ(report.opened, 0u);
  EXPECT_EQ(report.delivered, 1u);
}

// ---- one case an employment ---------------------------------------------------------------------

TEST_F(DeskTest, ACorrectedStartIsTheSameCase) {
  ingest::Person person = leaver("1");
  person.mapped.erase("reference_wish");
  world.source.people = {person};
  world.sync();
  world.source.people = {leaver("1")};
  world.source.people[0].hire_date.value = day("2018-07-01");
  EXPECT_EQ(world.sync().opened, 0u);
  EXPECT_EQ(world.only_case().employed_from, "2018-07-01");
  EXPECT_EQ(world.count<format::Issued>(), 1u);
}

TEST_F(DeskTest, ACorrectedStartAfterIssuingIsANoteAndNoSecondReference) {
  world.source.people = {leaver("1")};
  world.sync();
  world.source.people[0].hire_date.value = day("2018-07-01");
  EXPECT_EQ(world.sync().opened, 0u);
  EXPECT_NE(world.only_case().note.find("start date"), std::string::npos);
  EXPECT_EQ(world.count<format::Issued>(), 1u);
}

TEST_F(DeskTest, ARehireIsAnEmploymentOfItsOwn) {
  world.source.people = {leaver("1")};
  world.sync();
  world.clock.set("2028-06-02T08:00:00.000Z");
  ingest::Person& person = world.source.people[0];
  person.hire_date.value = day("2027-02-01");
  person.termination_date->value = day("2028-05-31");
  EXPECT_EQ(world.sync().opened, 1u);
  EXPECT_EQ(world.count<format::Issued>(), 2u);
  EXPECT_EQ(world.desk->cases()->size(), 2u);
}

TEST_F(DeskTest, ARehiredPersonWhoWorksHereLeavesTheOldCaseAlone) {
  world.source.people = {leaver("1")};
  world.sync();
  world.source.people = {stayer("1")};
  world.source.people[0].hire_date.value = day("2027-02-01");
  world.sync();
  EXPECT_EQ(world.only_case().note, "");
}

TEST_F(DeskTest, AnotherEmploymentIsNotTheOneWhoseEndNobodyKnows) {
  world.source.people = {leaver("1")};
  world.source.people[0].employment_id = "first";
  world.source.people[0].termination_date.reset();
  world.sync();
  EXPECT_EQ(world.only_case().waiting, Waiting::end_unknown);
  world.source.people = {stayer("1")};
  world.source.people[0].employment_id = "second";
  world.source.people[0].hire_date.value = day("2026-11-01");
  world.sync();
  EXPECT_EQ(world.only_case().waiting, Waiting::end_unknown) << "the first one is still due";
  world.clock.set("2028-06-02T08:00:00.000Z");
  world.source.people[0] = leaver("1");
  world.source.people[0].employment_id = "second";
  world.source.people[0].hire_date.value = day("2026-11-01");
  world.source.people[0].termination_date->value = day("2028-05-31");
  EXPECT_EQ(world.sync().opened, 1u);
  EXPECT_EQ(world.count<format::Issued>(), 1u);
  EXPECT_EQ(world.desk->cases()->size(), 2u);
}

TEST_F(DeskTest, HrIsAskedWhereALaterStartMayBeANewEmployment) {
  world.source.people = {leaver("1")};
  world.source.people[0].termination_date.reset();
  world.sync();
  world.source.people = {stayer("1")};
  world.source.people[0].hire_date.value = day("2026-11-01");
  world.sync();
  EXPECT_EQ(world.only_case().waiting, Waiting::end_unknown);
  world.clock.set("2028-06-02T08:00:00.000Z");
  world.source.people[0] = leaver("1");
  world.source.people[0].hire_date.value = day("2026-11-01");
  world.source.people[0].termination_date->value = day("2028-05-31");
  EXPECT_EQ(world.sync().issued, 0u);
  EXPECT_EQ(world.only_case().waiting, Waiting::end_unknown);
  EXPECT_EQ(world.only_case().employed_from, "2019-03-01");
}

TEST_F(DeskTest, NotesAChangedEndAndNameAfterIssuing) {
  world.source.people = {leaver("1")};
  world.sync();
  world.source.people[0].termination_date->value = day("2026-10-15");
  world.source.people[0].family_name.value = "Amsel";
  world.sync();
  CaseSummary summary = world.only_case();
  EXPECT_EQ(summary.stage, Stage::delivered);
  EXPECT_NE(summary.note.find("end date"), std::string::npos);
  EXPECT_NE(summary.note.find("name"), std::string::npos);
  EXPECT_EQ(world.count<format::Issued>(), 1u);
  world.source.people = {leaver("1")};
  world.sync();
  EXPECT_EQ(world.only_case().note, "") << "corrected back, nothing is left to check";
}

TEST_F(DeskTest, NotesAnExtensionAfterIssuing) {
  world.source.people = {leaver("1")};
  world.sync();
  world.source.people = {stayer("1")};
  world.sync();
  EXPECT_NE(world.only_case().note.find("no longer shown as over"), std::string::npos);
  EXPECT_EQ(world.only_case().stage, Stage::delivered);
}

TEST_F(DeskTest, AnOpenCaseRestsWhenThePersonStaysAfterAll) {
  ingest::Person person = leaver("1");
  person.mapped.erase("reference_wish");
  world.source.people = {person};
  world.sync();
  world.source.people = {stayer("1")};
  EXPECT_EQ(world.sync().waiting, 0u);
  EXPECT_EQ(world.only_case().waiting_for, "");
  world.source.people = {leaver("1")};
  EXPECT_EQ(world.sync().delivered, 1u);
}

TEST_F(DeskTest, ASourceThatFailsChangesNothing) {
  world.source.failure = Error{Fault::upstream, "Personio: 503"};
  EXPECT_EQ(world.desk->sync().error().fault, Fault::upstream);
  EXPECT_TRUE(world.desk->cases()->empty());
}

// ---- what could not be read ---------------------------------------------------------------------

TEST_F(DeskTest, TellsHowManyPeopleAreMissingByTheHrSystemsOwnCount) {
  world.source.unaccounted = 3;
  const auto report = world.desk->sync();
  ASSERT_TRUE(report);
  ASSERT_EQ(report->problems.size(), 1u);
  EXPECT_NE(report->problems[0].find(" 3 more people"), std::string::npos);
}

TEST_F(DeskTest, KeepsWhatCouldNotBeReadUntilAReadingTellsOtherwise) {
  EXPECT_TRUE(world.desk->reading()->unusable.empty());
  world.source.unusable = {"4711: hire_date: not a date"};
  world.source.not_delivered = {"language"};
  const SyncReport report = world.sync();
  EXPECT_EQ(report.not_delivered, world.source.not_delivered);
  const UtcMillis first = world.clock.now();
  world.clock.advance(std::chrono::hours(1));
  world.start(2);
  const std::size_t writes = world.vault_store.writes();
  world.sync();
  EXPECT_EQ(world.vault_store.writes(), writes) << "the same again is not written again";
  const HrReading kept = *world.desk->reading();
  EXPECT_EQ(kept.unusable, world.source.unusable);
  EXPECT_EQ(kept.not_delivered, world.source.not_delivered);
  EXPECT_EQ(kept.since, first);
  world.source.unusable.clear();
  world.sync();
  EXPECT_TRUE(world.desk->reading()->unusable.empty());
  EXPECT_EQ(world.desk->reading()->not_delivered, world.source.not_delivered);
}

// ---- an attribute that disappears ---------------------------------------------------------------

class LostTest : public DeskTest {
 protected:
  LostTest() {
    world.issuer.hr_mail = "hr-team@example.ch";
    world.start(2);
    world.sync();  // everything is there
  }
  std::vector<std::string> mails() const {
    std::vector<std::string> texts;
    for (const auto& each : world.transport.sent) {
      if (each.to == "hr-team@example.ch") texts.push_back(text_part_of(each.message));
    }
    return texts;
  }
};

TEST_F(LostTest, IsToldToHrOnceByMail) {
  EXPECT_TRUE(mails().empty());
  world.source.not_delivered = {"country: dynamic_2"};
  EXPECT_EQ(world.sync().lost, std::vector<std::string>{"country: dynamic_2"});
  ASSERT_EQ(mails().size(), 1u);
  EXPECT_NE(mails()[0].find("\n  country: dynamic_2\r\n"), std::string::npos);
  EXPECT_TRUE(world.sync().lost.empty());
  world.start(3);
  world.sync();
  EXPECT_EQ(mails().size(), 1u);
}

TEST_F(DeskTest, WhatWasNeverThereIsNotLost) {
  world.issuer.hr_mail = "hr-team@example.ch";
  world.start(2);
  world.source.not_delivered = {"gender"};
  EXPECT_TRUE(world.sync().lost.empty());
  world.source.not_delivered = {"country: dynamic_2", "gender"};
  EXPECT_EQ(world.sync().lost, std::vector<std::string>{"country: dynamic_2"});
}

TEST_F(DeskTest, AnEmployersNameThatIsLostStillHoldsBackWhatItHeldBack) {
  world.source.people = {leaver("1"), stayer("2")};
  world.source.people[0].legal_entity = told<std::string>("Andere GmbH", "subcompany");
  world.source.people[1].legal_entity = told<std::string>("Muster Werke AG", "subcompany");
  EXPECT_EQ(world.sync().issued, 0u);
  for (ingest::Person& one : world.source.people) one.legal_entity.reset();
  world.source.not_delivered = {"subcompany"};
  world.source.people.push_back(leaver("3"));
  for (int reading = 0; reading < 2; ++reading) {
    EXPECT_EQ(world.sync().issued, 0u);
    const auto cases = world.desk->cases();
    ASSERT_EQ(cases->size(), 2u);
    for (const CaseSummary& one : *cases) EXPECT_EQ(one.waiting, Waiting::employer_not_recorded);
  }
  // Delivered, and there is none: the company has but one.
  world.source.not_delivered = {};
  EXPECT_EQ(world.sync().issued, 2u);
}

TEST_F(DeskTest, ADeathIsStillKnownWhenItIsNoLongerTold) {
  for (const char* type : {"death", "sub_company_switch"}) {
    World other;
    other.source.people = {leaver("1")};
    other.source.people[0].termination_type = told<std::string>(type, "termination_type");
    EXPECT_EQ(other.sync().issued, 0u);
    const Waiting before = other.only_case().waiting;
    other.source.people[0].termination_type.reset();
    other.source.people[0].tells_termination_type = false;
    EXPECT_EQ(other.sync().issued, 0u) << type;
    EXPECT_EQ(other.only_case().waiting, before);
    other.source.people[0].tells_termination_type = true;
    other.source.not_delivered = {"termination_type"};
    EXPECT_EQ(other.sync().issued, 0u) << type;
    EXPECT_EQ(other.only_case().waiting, before);
    other.source.not_delivered = {};
    EXPECT_EQ(other.sync().issued, 1u) << "now it is told that there is none";
  }
}

TEST_F(DeskTest, WhatIsNoLongerDeliveredIsNoChangeOfWhatWasIssued) {
  world.source.people = {leaver("1")};
  world.sync();
  world.source.people[0].position.reset();
  world.source.not_delivered = {"position"};
  world.sync();
  EXPECT_EQ(world.only_case().note, "");
  world.source.not_delivered = {};
  world.sync();
  EXPECT_NE(world.only_case().note, "") << "delivered, and there is none";
}

TEST_F(LostTest, IsToldAnewWhenItCameBackAndIsLostAgain) {
  world.source.not_delivered = {"country: dynamic_2"};
  world.sync();
  world.source.not_delivered = {};
  world.sync();
  world.source.not_delivered = {"country: dynamic_2"};
  world.sync();
  EXPECT_EQ(mails().size(), 2u);
}

TEST_F(LostTest, IsToldOnceTheMailServerTakesIt) {
  world.transport.answers = {delivery::Outcome::not_sent};
  world.source.not_delivered = {"country: dynamic_2"};
  world.source.people.clear();
  const auto report = world.desk->sync({.full = true});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->problems.size(), 1u);
  world.start(3);
  world.clock.advance(std::chrono::hours(1));
  world.sync();
  EXPECT_EQ(mails().size(), 2u) << "the first was not taken";
}

TEST_F(LostTest, IsNotSaidOfAReadingOfFew) {
  world.source.incremental = true;
  world.source.not_delivered = {"country: dynamic_2"};
  EXPECT_TRUE(world.sync().lost.empty());
  EXPECT_TRUE(mails().empty());
}

TEST_F(DeskTest, AFailedReadingLeavesWhatTheLastOneTold) {
  world.source.unusable = {"4711: hire_date: not a date"};
  world.sync();
  world.source.failure = Error{Fault::upstream, "Personio: 503"};
  EXPECT_FALSE(world.desk->sync());
  EXPECT_EQ(world.desk->reading()->unusable.size(), 1u);
}

}  // namespace
}  // namespace refledger::desk
