// The case record: out and in again, and nothing else gets in.
#include "desk/case/case.h"

#include <gtest/gtest.h>

#include <set>

#include "company.h"
#include "desk/case/rules.h"
#include "desk/case/steps.h"
#include "desk/case/texts.h"

namespace refledger::desk {
namespace {

Case full_case() {
  Case one;
  one.case_id = "0123456789ABCDEFGHJKMNPQRS";
  one.iss = kIss;
  one.account = "personio";
  one.person = "7";
  one.start = "2019-03-01";
  one.stage = Stage::delivery_refused;
  one.waiting = Waiting::delivery_refused;
  one.waiting_field = "field";
  one.employment = "0b1e-uuid";
  one.changed = {{"employed_to", "2026-11-30"}, {"family_name", "Amsel"}};
  one.gone = true;
  one.decisions.go = Go::released;
  one.decisions.opened_by_hand = true;
  one.decisions.recheck = true;
  one.decisions.choices["position"] = "typed";
  one.decisions.settled["employed_to"] = "2026-11-29";
  one.opened_at = *parse_time("2026-11-02T08:00:00.000Z", "test");
  one.decisions.confirmed_end = ConfirmedEnd{"2026-10-31", "2026-11-30", "Petra", one.opened_at};
  one.decisions.typed["position"] = {"Dreherin", "Petra", "the old title", one.opened_at};
  one.noticed_at = one.opened_at;
  one.absences = Absences{12,
                          0,
                          400,
                          {{letter::AbsenceKind::illness, day("2026-01-01"), day("2026-01-12")}},
                          one.opened_at};
  one.said["position"] = {{"personio", {"Drehrin", {"Personio", "position", one.opened_at}}},
                          {"payroll", {"Dreherin", {"Payroll", "job", one.opened_at}}}};
  one.facts["given_name"] = {"Zoë", {"Personio", "first_name", one.opened_at}};
  one.identity = Identity{{}, LinkSecret{}, Share{}, 131071};
  one.identity->id.bytes[0] = 255;
  one.credential = credential::Credential{"a.b.c", {"d1", "d2"}};
  one.document = DocumentHash{};
  one.entry = "x.y.z";
  one.entry_index = 2;
  one.message_id = "abc@example.ch";
  one.message_date = one.opened_at;
  one.tries = 3;
  one.unknowns = 2;
  one.next_try = one.opened_at + std::chrono::minutes(5);
  one.delivered_at = one.opened_at;
  one.destroyed = true;
  return one;
}

std::string text_of(const Case& one) { return *to_canonical_json(to_json(one)); }

TEST(CaseRecord, ComesBackAsItWentOut) {
  const std::string text = text_of(full_case());
  const Result<Case> back = case_from_json(text);
  ASSERT_TRUE(back) << back.error().detail;
  EXPECT_EQ(text_of(*back), text);
  EXPECT_EQ(back->identity, full_case().identity);
  EXPECT_EQ(back->facts, full_case().facts);
  EXPECT_EQ(back->decisions, full_case().decisions);
  EXPECT_EQ(back->absences, full_case().absences);
  EXPECT_EQ(back->said, full_case().said);
  EXPECT_EQ(back->changed, full_case().changed);
  EXPECT_EQ(back->next_try, full_case().next_try);
  EXPECT_EQ(back->unknowns, 2u);
}

TEST(CaseRecord, ComesBackWithEverythingOptionalAbsent) {
  const std::string text = text_of(Case{});
  const Result<Case> back = case_from_json(text);
  ASSERT_TRUE(back) << back.error().detail;
  EXPECT_EQ(text_of(*back), text);
  EXPECT_FALSE(back->identity || back->credential || back->document || back->entry_index);
}

TEST(CaseRecord, KnowsEveryStageWaitingAndChangeByName) {
  for (int n = 0; n <= static_cast<int>(Stage::withdrawn); ++n) {
    Case one;
    one.stage = static_cast<Stage>(n);
    EXPECT_EQ(case_from_json(text_of(one))->stage, one.stage);
  }
  for (int n = 0; n <= static_cast<int>(Waiting::delivery_unknown); ++n) {
    Case one;
    one.waiting = static_cast<Waiting>(n);
    EXPECT_EQ(case_from_json(text_of(one))->waiting, one.waiting);
  }
  for (int n = 0; n <= static_cast<int>(Go::released); ++n) {
    Case one;
    one.decisions.go = static_cast<Go>(n);
    EXPECT_EQ(case_from_json(text_of(one))->decisions.go, one.decisions.go);
  }
}

TEST(CaseRecord, NamesEveryChangeOnce) {
  EXPECT_EQ(changes_in(full_case().changed), (std::vector{Change::end, Change::name}));
  EXPECT_EQ(changes_in({{"given_name", "A"}, {"family_name", "B"}}), std::vector{Change::name});
  EXPECT_EQ(changes_in({{kGoesOn, "yes"}}), std::vector{Change::no_longer_ended});
}

TEST(CaseRecord, RefusesEveryMissingOrMistypedDecision) {
  const Json whole = to_json(full_case());
  for (const char* part : {"decisions", "absences"}) {
    for (const auto& [name, value] : whole[part].items()) {
      Json other = whole;
      other[part].erase(name);
      EXPECT_FALSE(case_from_json(*to_canonical_json(other))) << name;
      other[part][name] = Json::array({1});
      EXPECT_FALSE(case_from_json(*to_canonical_json(other))) << name;
    }
  }
}

TEST(CaseRecord, RefusesEveryMissingMember) {
  const Json whole = to_json(full_case());
  for (const auto& [name, value] : whole.items()) {
    Json without = whole;
    without.erase(name);
    const Result<Case> back = case_from_json(*to_canonical_json(without));
    ASSERT_FALSE(back) << name;
    EXPECT_EQ(back.error().fault, Fault::malformed);
  }
}

TEST(CaseRecord, RefusesEveryMemberOfAnotherType) {
  const Json whole = to_json(full_case());
  for (const auto& [name, value] : whole.items()) {
    Json wrong = whole;
    wrong[name] = value.is_array() ? Json("text") : Json::array({1});
    EXPECT_FALSE(case_from_json(*to_canonical_json(wrong))) << name;
  }
}

TEST(CaseRecord, RefusesWhatTheWriterWouldNotWrite) {
  const Json whole = to_json(full_case());
  Json more = whole;
  more["extra"] = 1;
  EXPECT_FALSE(case_from_json(*to_canonical_json(more)));
  Json other = whole;
  other["stage"] = "nearly";
  EXPECT_FALSE(case_from_json(*to_canonical_json(other)));
  other = whole;
  other["v"] = 2;
  EXPECT_FALSE(case_from_json(*to_canonical_json(other)));
  other = whole;
  other["identity"]["id"] = "00";
  EXPECT_FALSE(case_from_json(*to_canonical_json(other)));
  other = whole;
  other["facts"]["given_name"].erase("source");
  EXPECT_FALSE(case_from_json(*to_canonical_json(other)));
  EXPECT_FALSE(case_from_json(" " + text_of(full_case())));
  EXPECT_FALSE(case_from_json(""));
}

TEST(CaseRecord, NoTwoKeysHaveTheSameIndex) {
  EXPECT_NE(index_of("a", "b", "c", "d"), index_of("a", "bc", "", "d"));
  EXPECT_NE(index_of("a\",\"b", "c", "d", "e"), index_of("a", "b", "c", "d"));
}

TEST(CaseTexts, SayOneSentenceInEveryLanguageForEveryReason) {
  for (int n = 1; n <= static_cast<int>(Waiting::delivery_unknown); ++n) {
    std::set<std::string> different;
    for (const Tongue tongue : {Tongue::english, Tongue::german, Tongue::french, Tongue::italian}) {
      const std::string text = waiting_text(static_cast<Waiting>(n), "family_name", tongue);
      EXPECT_TRUE(different.insert(text).second) << text;
      ASSERT_FALSE(text.empty());
      EXPECT_EQ(text.back(), '.');
      EXPECT_EQ(text.find("{}"), std::string::npos);
    }
  }
  EXPECT_EQ(waiting_text(Waiting::nothing, "", Tongue::english), "");
}

const MailNames kNames{"Jana Muster", "Muster AG", "P. Muster",
                       "https://refs.example.ch/verifier.html", "Arbeitsbestätigung"};

TEST(CaseTexts, TheMailGreetsByNameAndNamesThePageToSave) {
  for (const bool swiss : {true, false}) {
    const std::string german = mail_texts(Tongue::german, swiss, kNames).text;
    EXPECT_EQ(german.rfind("Guten Tag Jana Muster\n", 0), 0u) << german;
    EXPECT_NE(german.find("https://refs.example.ch/verifier.html\n"), std::string::npos);
    EXPECT_NE(german.find("nach dem letzten bekannten Stand"), std::string::npos);
    EXPECT_NE(german.find("Ausdruck"), std::string::npos);
    EXPECT_NE(german.find("genau dieses PDF unverändert"), std::string::npos);
  }
  const std::string english = mail_texts(Tongue::english, false, kNames).text;
  EXPECT_EQ(english.rfind("Dear Jana Muster\n", 0), 0u) << english;
  EXPECT_NE(english.find("https://refs.example.ch/verifier.html\n"), std::string::npos);
  EXPECT_NE(english.find("when that was last known"), std::string::npos);
  EXPECT_NE(english.find("A printout can be checked"), std::string::npos);
  EXPECT_NE(english.find("exactly this PDF, unchanged"), std::string::npos);
}

TEST(CaseTexts, EveryLanguageNamesTheDocumentAndSaysTheSame) {
  for (const Tongue tongue : {Tongue::english, Tongue::german, Tongue::french, Tongue::italian}) {
    const MailTexts mail = mail_texts(tongue, false, kNames);
    EXPECT_EQ(mail.subject.rfind("Arbeitsbestätigung ", 0), 0u) << mail.subject;
    EXPECT_NE(mail.subject.find("Muster AG"), std::string::npos);
    for (const char* needed : {"Jana Muster", "Arbeitsbestätigung", "Muster AG", ".refproof",
                               "https://refs.example.ch/verifier.html\n", "QR", "PDF"}) {
      EXPECT_NE(mail.text.find(needed), std::string::npos) << needed << "\n" << mail.text;
    }
    EXPECT_EQ(mail.text.find("{}"), std::string::npos);
    const NoticeTexts notice = planned_texts({"CASE1", "CASE2"}, tongue);
    EXPECT_NE(notice.subject.find("2"), std::string::npos);
    EXPECT_NE(notice.text.find("  CASE1\n  CASE2\n"), std::string::npos);
    EXPECT_NE(notice.text.find("refledger hold"), std::string::npos);
    EXPECT_NE(changes_text({Change::end, Change::name}, tongue).find(", "), std::string::npos);
    const NoticeTexts lost = lost_texts({"country: dynamic_2"}, tongue);
    EXPECT_NE(lost.subject.find("1"), std::string::npos);
    EXPECT_NE(lost.text.find("\n  country: dynamic_2\n"), std::string::npos);
  }
  EXPECT_EQ(tongue_named("fr"), Tongue::french);
  EXPECT_EQ(tongue_named("nl"), std::nullopt);
}

TEST(CaseSteps, ThePrintedAddressKeepsItsSchemeUnlessABrowserAddsTheSame) {
  EXPECT_EQ(typed_address("https://refs.example.ch"), "refs.example.ch");
  EXPECT_EQ(typed_address("https://refs.example.ch:8443"), "https://refs.example.ch:8443");
  EXPECT_EQ(typed_address("http://192.168.1.5:8480"), "http://192.168.1.5:8480");
  EXPECT_EQ(typed_address("http://refs.example.ch"), "http://refs.example.ch");
  EXPECT_EQ(typed_address("https://[2001:db8::1]"), "https://[2001:db8::1]");
}

TEST(CaseReading, ComesBackAsItWentOutAndNothingElseGetsIn) {
  const HrReading reading{
      {"7: hire_date: not a date"}, {"language"}, full_case().opened_at, {"language"}};
  for (const HrReading& one : {HrReading{}, reading}) {
    const auto back = hr_reading_from_json(*to_canonical_json(to_json(one)));
    ASSERT_TRUE(back) << back.error().detail;
    EXPECT_TRUE(back->tells_the_same_as(one));
    EXPECT_EQ(back->since, one.since);
  }
  const Json whole = to_json(reading);
  for (const auto& [name, value] : whole.items()) {
    Json other = whole;
    other.erase(name);
    EXPECT_FALSE(hr_reading_from_json(*to_canonical_json(other))) << name;
    other[name] = Json::array({1});
    EXPECT_FALSE(hr_reading_from_json(*to_canonical_json(other))) << name;
  }
}

TEST(CaseTexts, TheMailSaysToKeepBothAndWritesSwissGermanWithSs) {
  const MailTexts swiss = mail_texts(Tongue::german, true, kNames);
  EXPECT_NE(swiss.text.find("beide Dateien"), std::string::npos);
  EXPECT_EQ(swiss.text.find("ß"), std::string::npos);
  const MailTexts german = mail_texts(Tongue::german, false, kNames);
  EXPECT_NE(german.text.find("Grüße"), std::string::npos);
  const MailTexts english = mail_texts(Tongue::english, false, kNames);
  EXPECT_NE(english.text.find("keep both files"), std::string::npos);
}

TEST(CaseRules, AWorkloadIsAPlainNumberOrLeftOut) {
  const auto workload = [](const char* hours, const char* country) {
    ingest::Person person = leaver("1", country);
    person.weekly_hours = told<std::string>(hours, "weekly_working_hours");
    const ingest::Judgement gone = ingest::judge(person, day("2026-11-02"), 0);
    return value_of(draft_of(person, gone, example_issuer(), {}).facts, "workload");
  };
  EXPECT_EQ(workload("38.50", "CH"), "38.5 h");
  EXPECT_EQ(workload("38.50", "DE"), "38,5 h");
  EXPECT_EQ(workload("40.00", "CH"), "40 h");
  EXPECT_EQ(workload("40", "DE"), "40 h");
  for (const char* odd : {"", "0", "0.0", ".5", "4..0", "-3", "40 h", "1e3", "12345678"}) {
    EXPECT_EQ(workload(odd, "CH"), std::nullopt) << odd;
  }
}

TEST(CaseRules, AnUnchangedValueKeepsTheTimeItWasFirstRead) {
  const ingest::Provenance first{"Personio", "name", *parse_time("2026-11-01T08:00:00.000Z", "t")};
  const ingest::Provenance later{"Personio", "name", *parse_time("2026-11-02T08:00:00.000Z", "t")};
  const Facts before{{"a", {"same", first}}, {"b", {"old", first}}};
  const Facts after = with_first_readings({{"a", {"same", later}}, {"b", {"new", later}}}, before);
  EXPECT_EQ(after.at("a").from.read_at, first.read_at);
  EXPECT_EQ(after.at("b").from.read_at, later.read_at);
}

}  // namespace
}  // namespace refledger::desk
