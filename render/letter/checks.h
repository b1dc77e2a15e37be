// What a careful reader would object to in a letter, before anybody signs it.
//
// Shape    Findings in the order of the letter's sections; those about no section come last.
// Units    begin and length count bytes of Section::text(), on code point borders; both are 0 where
//          a finding is about the whole section, or about something that is not there.
// Errors   None: a language without a lexicon has no findings about words.
// Order    Pure, and linear in the letter's length.
// Source   docs/checks.md
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "render/letter/absence.h"
#include "render/letter/letter.h"
#include "render/letter/lexicon.h"
#include "render/letter/pack.h"

namespace refledger::letter {

/// From here on a grade has to be proven: it needs evidence and a second person's consent.
inline constexpr int kLowGrade = 4;

struct Finding {
  std::string id;  ///< one of finding_names()
  CheckLevel level = CheckLevel::warn;
  bool may_override = false;  ///< a block that the pack lets HR override
  InLanguages reason;
  std::string source;
  std::string section;  ///< as in the letter; empty if it is about none
  std::string field;    ///< as in field_names(); empty if it is about none
  std::size_t begin = 0;
  std::size_t length = 0;
  std::string excerpt;  ///< what stands there
};

/// What the letter itself does not know.
struct CheckContext {
  std::optional<Date> signing_day;       ///< today, where the document is about to be signed
  std::optional<AbsenceAdvice> absence;  ///< where the periods are known
};

std::vector<Finding> check(const Reference& reference, const Letter& letter, const Pack& pack,
                           const Lexicon& lexicon, const CheckContext& context = {});

/// HR's decision that a finding does not stand in the way.  It holds for the same words only.
struct Override {
  std::string finding;
  std::string section;
  std::string excerpt;
  std::string reason;
  std::string by;
  friend bool operator==(const Override&, const Override&) = default;
};

bool is_about(const Override& decision, const Finding& finding);

/// The decision on `finding`.  refused: a block that the pack does not let HR override; malformed:
/// no reason, no name.
Result<Override> override_finding(const Finding& finding, std::string_view reason,
                                  std::string_view by);

/// Those that nobody decided about; hints need no decision.
std::vector<Finding> open_findings(const std::vector<Finding>& findings,
                                   const std::vector<Override>& decisions);

/// Whether one of them stops an approval.
bool holds_block(const std::vector<Finding>& findings);

}  // namespace refledger::letter
