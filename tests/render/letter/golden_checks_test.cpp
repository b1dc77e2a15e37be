// What we write ourselves passes our own checks: every pack, type, language, salutation and grade.
#include <gtest/gtest.h>

#include "render/letter/checks.h"
#include "support/references.h"

namespace refledger::letter {
namespace {

using namespace std::chrono;

void expect_clean(const Reference& reference, const Pack& pack, const Packs& packs,
                  const Lexicon& lexicon) {
  const Result<Letter> letter = compose(reference, packs);
  ASSERT_TRUE(letter.has_value()) << letter.error().detail;
  const CheckContext context{reference.document_date, std::nullopt};
  for (const Finding& one : check(reference, *letter, pack, lexicon, context)) {
    if (one.id == "grade_needs_second_approval") continue;  // nothing that wording could mend
    EXPECT_EQ(one.level, CheckLevel::hint)
        << one.id << " " << one.section << one.field << ": " << one.excerpt;
  }
}

// Packs of the same country part at a day.
constexpr Date before_2025 = 2024y / December / 31;

bool is_newest(const Packs& packs, const Pack& pack) {
  return *packs.find(pack.country, 2026y / September / 30) == &pack;
}

void end(Reference& reference, Date day) {
  reference.document_date = day;
  if (!reference.employed_to) return;
  reference.employed_to = day;
  reference.functions.back().to = day;
}

TEST(Checks, FindNothingToDecideInTheLettersThatAreComposed) {
  const Packs packs = test::packs();
  const Lexicon lexicon = *Lexicon::load(REFLEDGER_RULES);
  for (const Pack& pack : packs.all()) {
    for (const auto& [id, type] : pack.types) {
      for (const char* language : {"de", "fr", "it", "en"}) {
        for (const Salutation salutation :
             {Salutation::female, Salutation::male, Salutation::neutral}) {
          for (int grade = 1; grade <= type.lowest_grade.grade; ++grade) {
            SCOPED_TRACE(testing::Message() << pack.country << " " << id << " " << language << " "
                                            << static_cast<int>(salutation) << " grade " << grade);
            Reference reference = test::reference_of(pack, type, language, salutation);
            for (Rating& rating : reference.ratings) rating.grade = grade;
            if (!is_newest(packs, pack)) end(reference, before_2025);
            expect_clean(reference, pack, packs, lexicon);
            if (grade == 1) {
              expect_clean(test::with_own_text(reference, type), pack, packs, lexicon);
            }
            if (type.criteria.empty()) break;  // no grade makes a difference
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace refledger::letter
