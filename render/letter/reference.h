// One reference as facts: what letter, checks and page are made of.
//
// Shape    Plain values.  Optional and empty mean: not known, or not to be said.
// Source   docs/letter.md
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::letter {

enum class Salutation { female, male, neutral };

/// Whose signature the document bears.
enum class SigningMode {
  company_seal,  ///< the employer's electronic seal (advanced)
  qualified,     ///< a natural person's qualified electronic signature
  by_hand,       ///< on paper, registered afterwards
};

/// "company-seal", "qualified", "by-hand": the claim `signing_mode`.
const char* name_of(SigningMode mode);
Result<SigningMode> parse_signing_mode(std::string_view name);

/// One job within the employment, oldest first.
struct Function {
  std::string title;
  std::optional<std::string> department;
  std::optional<std::string> workload;  ///< "80 %", "38.5 h" a week
  std::optional<Date> from;             ///< absent: not known; the letter then says "most recently"
  std::optional<Date> to;               ///< absent: held at the end of the employment, or to date
  std::vector<std::string> tasks;       ///< without a full stop at the end
};

struct Rating {
  std::string criterion;  ///< one of the pack's
  int grade = 0;          ///< 1 (best) to 5; never printed
  std::string evidence;   ///< why; never printed
};

struct Signatory {
  std::string name;
  std::string function;
  std::string rank;  ///< "Prokurist"; may be empty
};

struct Reference {
  std::string type;      ///< as in the packs: full_final, confirmation, simple, ...
  std::string country;   ///< whose law: CH, DE, AT
  std::string language;  ///< de, fr, it, en

  std::string given_name;
  std::string family_name;
  Salutation salutation = Salutation::neutral;
  std::optional<std::string> academic_title;
  std::optional<Date> birthdate;
  std::optional<std::string> place_of_origin;

  std::string employer;
  std::string employer_place;
  std::optional<std::string> employer_description;  ///< a sentence or two of the issuer's own

  std::vector<Function> functions;
  Date employed_from;
  std::optional<Date> employed_to;  ///< absent: the employment continues

  std::vector<Rating> ratings;
  /// own_wish, term_end, agreement, reorganisation or employer; or one whole sentence.
  std::optional<std::string> leaving_reason;
  std::optional<std::string> absence_mention;  ///< one whole sentence
  std::vector<std::string> training;
  bool health_cover = false;  ///< France: free continuation of health and provident cover
  bool thanks = false;
  bool wishes = false;

  /// Why a field that its pack allows only on request or under a condition may appear: field to
  /// reason.  Not printed.
  std::map<std::string, std::string> grounds;
  std::map<std::string, std::string> blocks;  ///< the issuer's own text: introduction, closing
  std::map<std::string, std::string> edited;  ///< section to text by HR, one line a paragraph

  Date document_date;
  SigningMode signing = SigningMode::company_seal;
  std::vector<Signatory> signatories;  ///< at most 2
};

}  // namespace refledger::letter
