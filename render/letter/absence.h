// Whether a reference may, must or must not mention long absences.
//
// Shape    Plain values in, advice out; the leading cases and the lines they draw are data
//          (rules/absences.json), so that a lawyer changes them without a rebuild.
// Units    Days, counted by calendar; a month is a twelfth of 365.25 days.  Overlapping periods
//          count once, days outside the employment not at all.
// Errors   malformed: a date that does not exist, a period or employment that ends before it begins
// Order    Pure.  Where no case draws a line it does not decide: it asks.
// Source   docs/checks.md, "Absences"
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/core/result.h"
#include "ledger/core/time.h"
#include "render/letter/pack.h"

namespace refledger::letter {

enum class AbsenceKind { illness, accident, maternity, parental, service, unpaid, other };
const char* name_of(AbsenceKind kind);
Result<AbsenceKind> absence_kind_from(std::string_view name);

struct Absence {
  AbsenceKind kind;
  Date from;
  Date to;  ///< the last day, included
};

struct AbsenceFacts {
  std::string law;  ///< CH, DE, AT, …
  Date employed_from;
  Date employed_to;     ///< the last day, or today while the employment lasts
  Date function_since;  ///< since when the last function was held
  std::vector<Absence> absences;
  /// What the pack says of the document's type: false where a type never mentions absences.
  bool type_may_mention = true;
};

/// One leading case as the data file tells it.  What a case leaves open is absent.
struct AbsenceCase {
  std::string id;                 ///< "BGE 136 III 510"
  std::string source;             ///< where its content was read
  bool requires_mention = false;  ///< otherwise it allows it
  bool reason_too = false;        ///< the court accepted the reason beside the fact
  double days = 0;                ///< at least so many days absent; 0: the case names none
  double share = 0;               ///< at least so much of the employment; 0: the case names none
  bool at_the_end = false;        ///< the absence lasted until the end
  bool in_last_function = false;  ///< counted in the last function only
  std::vector<AbsenceKind> kinds;
  InLanguages says;
};

struct AbsenceLaw {
  bool never = false;  ///< nothing is ever said
  std::string source;
  InLanguages rule;
  InLanguages question;  ///< what HR has to settle where cases leave it open
  /// Below both of these no mention was ever accepted; 0: not a measure of this law.
  double floor_days = 0;
  double floor_share = 0;
  std::vector<AbsenceCase> cases;
};

class AbsenceLaws {
 public:
  /// Reads `absences.json` of the folder of rules.
  static Result<AbsenceLaws> load(const std::filesystem::path& folder);
  static Result<AbsenceLaws> from_json(std::string_view text);
  const AbsenceLaw* find(std::string_view law) const;

 private:
  std::map<std::string, AbsenceLaw, std::less<>> laws_;
};

enum class Mention { required, allowed, forbidden, ask };
const char* name_of(Mention mention);

/// One case beside the facts at hand.
struct Comparison {
  const AbsenceCase* leading;  ///< lives as long as the AbsenceLaws
  bool reached;
};

struct AbsenceAdvice {
  Mention mention = Mention::ask;
  bool needs_reason = false;  ///< HR's decision is recorded with a reason
  bool reason_too = false;    ///< a court accepted that the reason stands beside the fact
  long absent_days = 0;
  long employed_days = 0;
  double share = 0;             ///< of the employment, [0, 1]
  long last_function_days = 0;  ///< absent in the last function
  bool until_the_end = false;
  std::vector<Comparison> cases;
  InLanguages rule;      ///< what the law says, in a sentence
  std::string source;    ///< of the rule
  InLanguages question;  ///< what HR has to settle; empty if nothing
};

Result<AbsenceAdvice> advise(const AbsenceFacts& facts, const AbsenceLaws& laws);

}  // namespace refledger::letter
