// The leading cases come out as the courts decided them, and between them HR is asked.
#include "render/letter/absence.h"

#include <gtest/gtest.h>

#include <set>

namespace refledger::letter {
namespace {

using namespace std::chrono;
using enum AbsenceKind;

const AbsenceLaws& laws() {
  static const AbsenceLaws loaded = *AbsenceLaws::load(REFLEDGER_RULES);
  return loaded;
}

Date day(int number) { return Date(sys_days(2010y / January / 1) + days(number)); }

// Employed for `term` days from 2010-01-01, in the last function from `since`.
AbsenceFacts employed(const char* law, int term, int since = 0) {
  AbsenceFacts facts;
  facts.law = law;
  facts.employed_from = day(0);
  facts.employed_to = day(term - 1);
  facts.function_since = day(since);
  return facts;
}

AbsenceFacts with(AbsenceFacts facts, AbsenceKind kind, int from, int length) {
  facts.absences.push_back({kind, day(from), day(from + length - 1)});
  return facts;
}

AbsenceAdvice advice_for(const AbsenceFacts& facts) {
  const Result<AbsenceAdvice> advice = advise(facts, laws());
  EXPECT_TRUE(advice.has_value()) << advice.error().detail;
  return advice ? *advice : AbsenceAdvice{};
}

Mention mention(const AbsenceFacts& facts) { return advice_for(facts).mention; }

std::set<std::string> reached(const AbsenceAdvice& advice) {
  std::set<std::string> ids;
  for (const Comparison& one : advice.cases) {
    if (one.reached) ids.insert(one.leading->id);
  }
  return ids;
}

// ---- Switzerland --------------------------------------------------------------------------------

TEST(Absence, OverAYearUnfitForTheFunctionMustBeMentioned) {
  const AbsenceAdvice advice = advice_for(with(employed("CH", 5 * 365), illness, 1200, 380));
  EXPECT_EQ(advice.mention, Mention::required);
  EXPECT_TRUE(reached(advice).count("BGE 136 III 510"));
  EXPECT_TRUE(advice.needs_reason);
}

TEST(Absence, SixAndAHalfMonthsOfNineYearsAtTheEndInTheLastRoleMayBeMentioned) {
  const int term = 9 * 365 + 2;
  const AbsenceAdvice advice = advice_for(with(employed("CH", term), illness, term - 199, 199));
  EXPECT_EQ(advice.mention, Mention::allowed);
  EXPECT_EQ(reached(advice), std::set<std::string>{"4A_574/2017"});
  EXPECT_TRUE(advice.until_the_end);
  EXPECT_FALSE(advice.reason_too);
}

TEST(Absence, FourteenOfThirtyMonthsByIllnessAndMaternityMayBeMentionedWithTheReason) {
  AbsenceFacts facts = employed("CH", 913, 600);  // a new function in between
  facts = with(with(facts, illness, 100, 213), maternity, 313, 214);
  const AbsenceAdvice advice = advice_for(facts);
  EXPECT_EQ(advice.mention, Mention::allowed);
  EXPECT_EQ(reached(advice), std::set<std::string>{"8C_134/2018"});
  EXPECT_TRUE(advice.reason_too);
}

TEST(Absence, ShortIllnessStaysUnmentionedInSwitzerland) {
  const AbsenceAdvice advice = advice_for(with(employed("CH", 9 * 365), illness, 100, 30));
  EXPECT_EQ(advice.mention, Mention::forbidden);
  EXPECT_FALSE(advice.needs_reason);
  EXPECT_TRUE(advice.question.empty());
}

TEST(Absence, AsksBetweenTheSwissCases) {
  const int term = 9 * 365 + 2;
  // As long as in 4A_574/2017, but in the middle.
  EXPECT_EQ(mention(with(employed("CH", term), illness, 500, 199)), Mention::ask);
  // At the end, but most of it in an earlier function.
  EXPECT_EQ(mention(with(employed("CH", term, term - 20), illness, term - 199, 199)), Mention::ask);
  // Short in days, long in share.
  EXPECT_EQ(mention(with(employed("CH", 200), illness, 50, 60)), Mention::ask);
  // Military service: no case speaks of it.
  EXPECT_EQ(mention(with(employed("CH", 600), service, 10, 400)), Mention::ask);
  // Over a year, but a small part of a very long employment.
  EXPECT_EQ(mention(with(employed("CH", 30 * 365), illness, 5000, 400)), Mention::ask);
  EXPECT_FALSE(advice_for(with(employed("CH", 600), service, 10, 400)).question.empty());
}

// ---- Germany ------------------------------------------------------------------------------------

TEST(Absence, ParentalLeaveOf33AndAHalfOf50MonthsMayBeMentionedInGermany) {
  const AbsenceAdvice advice = advice_for(with(employed("DE", 1522), parental, 400, 1020));
  EXPECT_EQ(advice.mention, Mention::allowed);
  EXPECT_EQ(reached(advice), std::set<std::string>{"BAG 9 AZR 261/04"});
  EXPECT_TRUE(advice.reason_too);
}

TEST(Absence, GermanySaysNothingBelowHalfAndAsksAbove) {
  EXPECT_EQ(mention(with(employed("DE", 1600), parental, 100, 799)), Mention::forbidden);
  EXPECT_EQ(mention(with(employed("DE", 1600), parental, 100, 800)), Mention::ask);
  EXPECT_EQ(mention(with(employed("DE", 1600), parental, 100, 1071)), Mention::ask);
  EXPECT_EQ(mention(with(employed("DE", 1600), parental, 100, 1073)), Mention::allowed);
  EXPECT_EQ(mention(with(employed("DE", 1600), illness, 100, 1073)), Mention::ask);
  // The share of the case, but of a much shorter employment.
  EXPECT_EQ(mention(with(employed("DE", 300), parental, 10, 250)), Mention::ask);
}

// ---- elsewhere ----------------------------------------------------------------------------------

TEST(Absence, IsNeverMentionedWhereTheLawSaysSo) {
  for (const char* law : {"AT", "FR", "IT", "NL", "GB"}) {
    const AbsenceAdvice advice = advice_for(with(employed(law, 1000), illness, 10, 980));
    EXPECT_EQ(advice.mention, Mention::forbidden) << law;
    EXPECT_FALSE(advice.source.empty()) << law;
    EXPECT_EQ(advice.rule.size(), 4u) << law;
  }
}

TEST(Absence, AsksUnderALawItDoesNotKnow) {
  EXPECT_EQ(mention(with(employed("SE", 1000), illness, 10, 400)), Mention::ask);
}

TEST(Absence, IsForbiddenInATypeThatNeverMentionsIt) {
  AbsenceFacts facts = with(employed("CH", 1000), illness, 100, 800);
  facts.type_may_mention = false;
  EXPECT_EQ(mention(facts), Mention::forbidden);
}

TEST(Absence, ThereIsNothingToMentionWithoutAny) {
  for (const char* law : {"CH", "DE", "AT", "SE"}) {
    EXPECT_EQ(mention(employed(law, 1000)), Mention::forbidden) << law;
  }
}

// ---- counting -----------------------------------------------------------------------------------

// Every pair of periods in a small employment, against a count day by day.
TEST(Absence, CountsEachDayOfTheEmploymentOnce) {
  constexpr int kTerm = 7;
  for (int a = -2; a < 9; ++a) {
    for (int a_length = 1; a_length < 6; ++a_length) {
      for (int b = -2; b < 9; ++b) {
        for (int b_length = 1; b_length < 6; ++b_length) {
          AbsenceFacts facts = with(employed("SE", kTerm, 3), illness, a, a_length);
          facts = with(facts, other, b, b_length);
          long all = 0;
          long late = 0;
          for (int n = 0; n < kTerm; ++n) {
            const bool out = (n >= a && n < a + a_length) || (n >= b && n < b + b_length);
            all += out ? 1 : 0;
            late += out && n >= 3 ? 1 : 0;
          }
          const AbsenceAdvice advice = advice_for(facts);
          ASSERT_EQ(advice.absent_days, all) << a << " " << a_length << " " << b << " " << b_length;
          ASSERT_EQ(advice.last_function_days, late);
          ASSERT_EQ(advice.employed_days, kTerm);
        }
      }
    }
  }
}

// The longer the absence, the more may be said; and it is never decided without a case.
TEST(Absence, NeverFallsBackAsAnAbsenceGrows) {
  for (const char* law : {"CH", "DE"}) {
    for (const AbsenceKind kind :
         {illness, accident, maternity, parental, service, unpaid, other}) {
      int before = 0;
      for (int length = 1; length <= 900; ++length) {
        const AbsenceAdvice advice =
            advice_for(with(employed(law, 900), kind, 900 - length, length));
        const int rank = advice.mention == Mention::forbidden ? 0
                         : advice.mention == Mention::ask     ? 1
                         : advice.mention == Mention::allowed ? 2
                                                              : 3;
        EXPECT_GE(rank, before) << law << " " << name_of(kind) << " " << length;
        EXPECT_EQ(rank >= 2, !reached(advice).empty());
        before = rank;
      }
    }
  }
}

TEST(Absence, RefusesPeriodsThatDoNotExist) {
  const AbsenceFacts good = with(employed("CH", 100), illness, 1, 5);
  AbsenceFacts backwards = good;
  std::swap(backwards.absences[0].from, backwards.absences[0].to);
  AbsenceFacts no_day = good;
  no_day.absences[0].to = 2010y / February / 30;
  AbsenceFacts no_term = good;
  no_term.employed_to = day(-1);
  AbsenceFacts late = good;
  late.function_since = day(200);
  for (const AbsenceFacts& facts : {backwards, no_day, no_term, late}) {
    EXPECT_EQ(advise(facts, laws()).error().fault, Fault::malformed);
  }
}

TEST(AbsenceLaws, RefuseAFileThatIsNotWhole) {
  for (
      const char* text :
      {"", "{}", R"({"v":2,"laws":{}})", R"({"v":1,"laws":{"CH":{}}})",
       R"({"v":1,"laws":{"CH":{"never":false,"rule":{},"source":"x"}}})",
       R"({"v":1,"laws":{"CH":{"never":true,"rule":{"de":"x","fr":"x","it":"x"},"source":"x"}}})",
       R"({"v":1,"laws":{"CH":{"never":true,"rule":{"de":"x","en":"","fr":"x","it":"x"},"source":"x"}}})"}) {
    EXPECT_EQ(AbsenceLaws::from_json(text).error().fault, Fault::malformed) << text;
  }
}

TEST(AbsenceLaws, NameASourceForEveryCase) {
  for (const char* country : {"CH", "DE"}) {
    const AbsenceLaw* law = laws().find(country);
    ASSERT_NE(law, nullptr);
    EXPECT_FALSE(law->cases.empty());
    for (const AbsenceCase& one : law->cases) EXPECT_FALSE(one.source.empty()) << one.id;
  }
}

}  // namespace
}  // namespace refledger::letter
