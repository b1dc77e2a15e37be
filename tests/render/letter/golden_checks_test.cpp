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
    EXPECT_EQ(one.level, CheckLevel::hint)
        << one.id << " " << one.section << one.field << ": " << one.excerpt;
  }
}

TEST(Checks, FindNothingToDecideInTheLettersThatAreComposed) {
  const Packs packs = test::packs();
  const Lexicon lexicon = *Lexicon::load(REFLEDGER_RULES);
  for (const char* country : {"CH", "DE", "AT"}) {
    const Pack& pack = **packs.find(country, 2026y / September / 30);
    for (const auto& [id, type] : pack.types) {
      for (const char* language : {"de", "fr", "it", "en"}) {
        for (const Salutation salutation :
             {Salutation::female, Salutation::male, Salutation::neutral}) {
          for (int grade = 1; grade <= type.lowest_grade.grade; ++grade) {
            SCOPED_TRACE(testing::Message() << country << " " << id << " " << language << " "
                                            << static_cast<int>(salutation) << " grade " << grade);
            Reference reference = test::reference_of(pack, type, language, salutation);
            for (Rating& rating : reference.ratings) rating.grade = grade;
            expect_clean(reference, pack, packs, lexicon);
            if (type.criteria.empty()) break;  // no grade makes a difference
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace refledger::letter
