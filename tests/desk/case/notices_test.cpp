// HR is told once of each matter, at once or in the morning, and of nobody's name.
#include "desk/case/notices.h"

#include <gtest/gtest.h>

#include "desk/case/drafting.h"
#include "desk/case/notice_state.h"
#include "desk/case/notice_texts.h"
#include "world.h"

namespace refledger::desk {
namespace {

using namespace std::chrono_literals;
using delivery::Outcome;

const Actor kAnna{"u-anna", "Anna Schreiber", {Role::clerk}};
const std::string kDesk = "https://hr.firm.example";

void set(NoticeRules& rules, NoticeTime time) { rules.times.fill(time); }

struct NoticesTest : testing::Test {
  World world;
  std::unique_ptr<Notices> notices;

  NoticesTest() {
    world.issuer.hr_mail = "hr-team@example.ch";
    world.issuer.hr_language = "en";
    world.issuer.notices.desk_url = kDesk;
    set(world.issuer.notices, NoticeTime::at_once);
    world.issuer.policy.four_eyes = {"*"};
    world.issuer.policy.due_days = 365;
  }
  /// Somebody leaves whose reference HR is to write.
  void leaves(const std::string& id) {
    world.source.people.push_back(leaver(id));
    world.source.people.back().mapped["reference_wish"] = told<std::string>("full", "dynamic_4");
    world.sync();
  }
  void begin() {
    again();
    leaves("7");
  }
  void again() {
    notices.reset();
    world.start(1);
    notices = std::make_unique<Notices>(*world.desk);
  }
  NoticeReport tell() {
    const Result<NoticeReport> told = notices->tell();
    EXPECT_TRUE(told.has_value()) << told.error().detail;
    return told ? *told : NoticeReport{};
  }
  /// A minute later, when the cases are looked at again.
  NoticeReport tell_later(std::chrono::milliseconds by = 61s) {
    world.clock.advance(by);
    return tell();
  }
  std::string last() const { return text_part_of(world.transport.sent.back().message); }
  bool last_says(const std::string& words) const { return last().find(words) != std::string::npos; }
  std::string case_id() const { return world.only_case().case_id; }
};

TEST_F(NoticesTest, ANewLeaverIsToldOnceByLinkAndNotByName) {
  begin();
  EXPECT_EQ(tell().told, 1u);
  ASSERT_EQ(world.transport.sent.size(), 1u);
  EXPECT_EQ(world.transport.sent[0].to, "hr-team@example.ch");
  EXPECT_TRUE(last_says("One new leaver"));
  EXPECT_TRUE(last_says(kDesk + "/cases/" + case_id()));
  for (const char* word : {"Canaria", "Vogelsang7", "dynamic", "@privat"}) {
    EXPECT_FALSE(last_says(word)) << word;
  }
  EXPECT_EQ(tell_later().told, 0u);
  again();
  EXPECT_EQ(tell_later().told, 0u) << "a restart repeats nothing";
  EXPECT_EQ(world.transport.sent.size(), 1u);
}

TEST_F(NoticesTest, WithoutAnAddressNothingIsSentOrKept) {
  world.issuer.hr_mail.clear();
  begin();
  EXPECT_EQ(tell().told, 0u);
  EXPECT_TRUE(notices->note_reading(Error{Fault::upstream, "down"}));
  EXPECT_TRUE(world.transport.sent.empty());
  EXPECT_TRUE(world.vault->list("notices")->empty());
}

// The clock of the world shows 09:00 in Zurich when it begins.
TEST_F(NoticesTest, TheDigestComesOnceAMorningInTheCompanysTime) {
  set(world.issuer.notices, NoticeTime::daily);
  begin();
  EXPECT_EQ(tell().told, 0u) << "not in the middle of the day";
  world.clock.set("2026-11-03T05:59:00.000Z");
  EXPECT_EQ(tell().told, 0u) << "06:59";
  world.clock.set("2026-11-03T06:01:00.000Z");
  EXPECT_EQ(tell().told, 1u) << "07:01";
  leaves("8");
  EXPECT_EQ(tell_later(2h).told, 0u) << "the day's digest is done";
  again();
  EXPECT_EQ(tell_later(5h).told, 0u);
  world.clock.set("2026-11-04T06:01:00.000Z");
  EXPECT_EQ(tell().told, 1u) << "the other one, and not the first again";
  world.clock.set("2026-11-05T06:01:00.000Z");
  EXPECT_EQ(tell().told, 0u) << "no news, no mail";
  EXPECT_EQ(world.transport.sent.size(), 2u);
}

TEST_F(NoticesTest, WhatIsOffIsNeverTold) {
  set(world.issuer.notices, NoticeTime::off);
  begin();
  world.clock.set("2026-11-04T06:01:00.000Z");
  EXPECT_EQ(tell().told, 0u);
}

TEST_F(NoticesTest, OverdueIsToldWhenTheDayIsPast) {
  world.issuer.notices.times[static_cast<std::size_t>(NoticeKind::leaver)] = NoticeTime::off;
  world.issuer.policy.due_days = 60;
  begin();
  EXPECT_EQ(tell().told, 0u);
  EXPECT_EQ(tell_later(24h * 120).told, 1u);
  EXPECT_TRUE(last_says("One reference is overdue"));
  EXPECT_EQ(tell_later(24h).told, 0u);
}

TEST_F(NoticesTest, AnApprovalThatWaitsIsToldAnewWhenItIsAskedForAnew) {
  world.issuer.notices.times[static_cast<std::size_t>(NoticeKind::leaver)] = NoticeTime::off;
  begin();
  Drafting desk(*world.desk);
  const auto version = [&] { return desk.dossier(case_id(), kAnna)->sheet.version; };
  Fields fields{{"type", "full_final"},
                {"functions.1.tasks", "Fräsen nach Zeichnung"},
                {"overrides.seal.finding", "signing_mode_insufficient"},
                {"overrides.seal.reason", "das Original folgt"}};
  for (const char* name : {"expertise", "quality", "quantity", "conduct_managers",
                           "conduct_colleagues", "conduct_clients"}) {
    fields["ratings." + std::string(name) + ".grade"] = "2";
  }
  ASSERT_TRUE(desk.save(case_id(), 0, fields, kAnna));
  EXPECT_EQ(tell().told, 0u);
  ASSERT_TRUE(desk.ask_approval(case_id(), version(), kAnna));
  EXPECT_EQ(tell_later().told, 1u);
  EXPECT_TRUE(last_says("One reference waits for approval"));
  EXPECT_EQ(tell_later().told, 0u);
  const Actor beat{"u-beat", "Beat Prüfer", {Role::approver}};
  ASSERT_TRUE(desk.send_back(case_id(), version(), "Bitte kürzer.", beat));
  EXPECT_EQ(tell_later().told, 0u);
  ASSERT_TRUE(desk.ask_approval(case_id(), version(), kAnna));
  EXPECT_EQ(tell_later().told, 1u);
}

TEST_F(NoticesTest, AMessageThatCameBackIsTold) {
  world.issuer.notices.times[static_cast<std::size_t>(NoticeKind::leaver)] = NoticeTime::off;
  world.issuer.bounce_days = std::chrono::days(7);
  world.source.people = {leaver("7")};
  again();
  world.sync();  // HR is told that it will be issued
  world.sync();
  ASSERT_EQ(world.only_case().stage, Stage::delivered);
  EXPECT_EQ(tell().told, 0u);
  ASSERT_TRUE(world.desk->bounced(case_id()));
  EXPECT_EQ(tell_later().told, 1u);
  EXPECT_TRUE(last_says("One delivery did not get through"));
  EXPECT_EQ(tell_later().told, 0u);
}

TEST_F(NoticesTest, AHrSystemThatFailsIsToldAfterThreeReadingsOrAnHourAndOnlyOnce) {
  again();
  const auto fail = [&](Fault fault) {
    EXPECT_TRUE(notices->note_reading(Error{fault, "down"}));
    return tell_later().told;
  };
  EXPECT_EQ(fail(Fault::upstream), 0u);
  EXPECT_EQ(fail(Fault::upstream), 0u);
  EXPECT_EQ(fail(Fault::upstream), 1u);
  EXPECT_TRUE(last_says("could not be read since 2026-11-02, 09:00"));
  EXPECT_TRUE(last_says("/admin/integrationen"));
  EXPECT_EQ(fail(Fault::upstream), 0u);
  EXPECT_EQ(fail(Fault::refused), 1u) << "the credential is another matter";
  EXPECT_EQ(fail(Fault::upstream), 0u) << "which changes nothing about the first";
  EXPECT_EQ(fail(Fault::refused), 0u);
  again();
  EXPECT_EQ(fail(Fault::refused), 0u);
  ASSERT_TRUE(notices->note_reading({}));
  EXPECT_EQ(tell_later().told, 0u);
  EXPECT_EQ(fail(Fault::refused), 0u) << "it works again, and one failure is none";
  EXPECT_EQ(tell_later(2h).told, 1u) << "but nobody could read for an hour";
}

TEST_F(NoticesTest, ANoticeThatIsNotTakenGoesAgainAsItWas) {
  begin();
  world.transport.answers = {Outcome::not_sent, Outcome::unknown, Outcome::sent};
  EXPECT_TRUE(tell().failed);
  EXPECT_EQ(world.transport.sent.size(), 1u);
  EXPECT_EQ(tell_later(1s).told, 0u);
  EXPECT_EQ(world.transport.sent.size(), 1u) << "not at once";
  leaves("8");
  EXPECT_TRUE(tell_later(11s).failed);
  again();  // a new process draws other bytes
  EXPECT_EQ(tell_later(1h).told, 1u);
  ASSERT_EQ(world.transport.sent.size(), 3u);
  for (const auto& copy : world.transport.sent) {
    EXPECT_EQ(copy.message, world.transport.sent[0].message);
    EXPECT_EQ(copy.message_id, world.transport.sent[0].message_id);
  }
  EXPECT_EQ(tell_later().told, 1u) << "what came meanwhile, in a message of its own";
  EXPECT_NE(world.transport.sent[3].message_id, world.transport.sent[0].message_id);
}

TEST_F(NoticesTest, KilledAnywhereItSendsTheSameMessageAndNoOther) {
  for (std::size_t step = 1; step <= 3; ++step) {
    SCOPED_TRACE(step);
    World fresh;
    fresh.issuer = world.issuer;
    fresh.source.people = {leaver("7")};
    fresh.source.people[0].mapped["reference_wish"] = told<std::string>("full", "dynamic_4");
    fresh.start(1);
    fresh.sync();
    fresh.transport.sent.clear();
    fresh.steps.clear();
    fresh.die_after = step;
    bool killed = false;
    try {
      (void)Notices(*fresh.desk).tell();
    } catch (const Killed&) {
      killed = true;
    }
    EXPECT_TRUE(killed);
    fresh.die_after.reset();
    fresh.start(2);
    fresh.clock.advance(61s);
    Notices after(*fresh.desk);
    ASSERT_TRUE(after.tell());
    fresh.clock.advance(61s);
    ASSERT_TRUE(after.tell());
    ASSERT_FALSE(fresh.transport.sent.empty());
    EXPECT_LE(fresh.transport.sent.size(), 2u);
    for (const auto& copy : fresh.transport.sent) {
      EXPECT_EQ(copy.message, fresh.transport.sent[0].message);
    }
  }
}

TEST_F(NoticesTest, AnotherAddressGetsWhatTheOldOneNeverTook) {
  begin();
  world.transport.answers = {Outcome::refused};
  EXPECT_TRUE(tell().failed);
  world.issuer.hr_mail = "people@example.ch";
  again();
  EXPECT_EQ(tell_later().told, 1u);
  EXPECT_EQ(world.transport.sent.back().to, "people@example.ch");
}

// ---- texts and what is kept ---------------------------------------------------------------------

TEST(NoticeTexts, CountByKindAndStopListingWhereNobodyReadsOn) {
  std::vector<NoticeFact> facts;
  for (int n = 0; n < 25; ++n) facts.push_back({NoticeKind::leaver, "C" + std::to_string(n), ""});
  facts.push_back({NoticeKind::credential, "", "2026-11-02T08:00:00.000Z"});
  for (const Tongue tongue : {Tongue::english, Tongue::german, Tongue::french, Tongue::italian}) {
    const NoticeTexts texts = notice_texts(facts, kDesk, "Europe/Zurich", tongue);
    EXPECT_NE(texts.subject.find("26"), std::string::npos) << texts.subject;
    EXPECT_NE(texts.text.find("25"), std::string::npos);
    EXPECT_NE(texts.text.find(kDesk + "/cases/C19\n"), std::string::npos);
    EXPECT_EQ(texts.text.find(kDesk + "/cases/C20"), std::string::npos);
    EXPECT_NE(texts.text.find(kDesk + "/leavers\n"), std::string::npos);
    EXPECT_NE(texts.text.find("09:00"), std::string::npos);
    EXPECT_EQ(texts.text.find("{}"), std::string::npos);
    const NoticeTexts bare = notice_texts(facts, "", "Europe/Zurich", tongue);
    EXPECT_EQ(bare.text.find("http"), std::string::npos);
    EXPECT_NE(bare.text.find("C19"), std::string::npos);
  }
}

TEST(NoticeState, ComesBackAsItWasKeptAndFromNothingElse) {
  const UtcMillis at = *parse_time("2026-11-02T08:00:00.000Z", "test");
  NoticeState state{day("2026-11-02"),
                    {"leaver/A/", "sync//x"},
                    FailingReadings{at, 2, true},
                    NoticeMessage{"id@x", at, "a@b.example", "S", "T\n", {"leaver/B/"}, 1}};
  EXPECT_EQ(*notice_state_from(*to_text(state)), state);
  EXPECT_EQ(*notice_state_from(*to_text(NoticeState{})), NoticeState{});
  for (const char* broken :
       {"", "{}", R"({"digest_on":null,"failing":null,"message":null,"told":["b","a"],"v":1})",
        R"({"digest_on":null,"failing":null,"message":null,"told":[],"v":2})",
        R"({"digest_on":"x","failing":null,"message":null,"told":[],"v":1})",
        R"({"digest_on":null,"failing":{},"message":null,"told":[],"v":1})",
        R"({"digest_on":null,"failing":null,"message":1,"told":[],"v":1})"}) {
    EXPECT_FALSE(notice_state_from(broken)) << broken;
  }
}

}  // namespace
}  // namespace refledger::desk
