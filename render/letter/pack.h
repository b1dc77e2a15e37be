// Rule packs: what the law of one country asks of each kind of reference, as data that a lawyer
// can read and change.
//
// Shape    JSON files in one folder, several a country told apart by valid_from.  Parsed strictly:
//          an unknown key, field or word, or a rule without a source, is an error.
// Errors   malformed, naming the file and the place in it; storage if the folder cannot be read
//          not_found: no pack for this country and day, or no such type
// Order    Read when load() is called; a changed file counts from the next load() on.
// Source   docs/rule-packs.md
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/result.h"
#include "ledger/core/time.h"
#include "render/letter/reference.h"

namespace refledger::letter {

/// One text in each language that the product speaks: de, fr, it, en.
using InLanguages = std::map<std::string, std::string>;

/// Where a rule comes from.
struct Source {
  std::string title;
  std::string reference;       ///< article, file number
  std::string read;            ///< where it was read; empty if nowhere
  bool to_be_checked = false;  ///< general knowledge or inference: ask a lawyer before relying
};

enum class Rule { mandatory, usual, on_request, conditional, forbidden };
enum class Automatic { never, on_wish, always };
enum class DateRule { legal_end, signing_day };
enum class Satisfies { yes, no, with_consent };
enum class Tense { past, present };
enum class CheckLevel { block, warn, hint, off };
enum class Group { performance, conduct };
enum class RetentionFrom { employment_end, year_end, document_date };

/// Each as the packs write it: "on_request", "legal_end", ...
const char* name_of(Rule rule);
const char* name_of(Automatic automatic);
const char* name_of(DateRule rule);
const char* name_of(Satisfies satisfies);
const char* name_of(CheckLevel level);

/// `source` is a key of Pack::sources, here and below.
struct FieldRule {
  Rule rule = Rule::forbidden;
  std::string source;
};

struct CriterionRule {
  Group group = Group::performance;
  Rule rule = Rule::usual;
  std::string source;
};

struct Trigger {
  Automatic automatic = Automatic::never;
  std::string source;
};

struct DatedBy {
  DateRule rule = DateRule::signing_day;
  std::string source;
};

struct SigningRule {
  SigningMode mode = SigningMode::company_seal;
  Satisfies satisfies = Satisfies::no;
  bool needs_timestamp = false;  ///< a qualified one
  std::string source;
};

/// How long the file on this document is kept.
struct Retention {
  int years = 0;
  RetentionFrom from = RetentionFrom::employment_end;
  std::string source;
};

/// The worst grade that a document of this type may express; 5 is no limit.
struct LowestGrade {
  int grade = 5;
  std::string source;
};

struct DocumentType {
  std::string id;
  InLanguages names;    ///< for who chooses
  InLanguages titles;   ///< as printed
  InLanguages applies;  ///< one line: when this type is the right one
  Tense tense = Tense::past;
  Trigger trigger;
  DatedBy date;
  std::vector<SigningRule> signing;  ///< each mode once
  Retention retention;
  std::map<std::string, FieldRule> fields;        ///< every name of field_names()
  std::map<std::string, CriterionRule> criteria;  ///< none where performance and conduct are not
  LowestGrade lowest_grade;
  std::vector<std::string> sections;  ///< of section_names(), in the order of the letter
  /// By check or by finding (docs/checks.md); what is not named keeps its own level.
  std::map<std::string, CheckLevel> checks;
  std::vector<std::string> overridable;  ///< checks or findings whose block HR may override

  const FieldRule& field(std::string_view name) const;  ///< a name of field_names()
  const SigningRule& signing_rule(SigningMode mode) const;
};

struct Pack {
  std::string country;      ///< CH, DE, AT
  Date valid_from;          ///< the first document date that this file answers for
  std::string reviewed_by;  ///< empty: no lawyer has read it
  std::map<std::string, Source> sources;
  std::map<std::string, DocumentType> types;

  Result<const DocumentType*> type(const std::string& id) const;
};

/// What a pack rules on: each field of a reference by name, "performance" and "conduct" for its
/// ratings, "signature" for its signatories.
const std::vector<std::string_view>& field_names();

/// What a letter is built of.
const std::vector<std::string_view>& section_names();

/// One file's content; `file` names it in errors.
Result<Pack> parse_pack(std::string_view json, const std::string& file);

struct Wording;

class Packs {
 public:
  /// Every pack of `folder`, CH.json, DE-2025.json, ..., and the wording of each language,
  /// wording-de.json, ...
  static Result<Packs> load(const std::filesystem::path& folder);

  /// The newest pack of `country` that is valid on `day`, the document's date.
  Result<const Pack*> find(const std::string& country, Date day) const;

  /// refused: the product does not speak it.
  Result<const Wording*> wording(const std::string& language) const;

  const std::vector<Pack>& all() const { return packs_; }

 private:
  Result<void> add_pack(std::string_view json, const std::string& file);
  Result<void> add_wording(std::string_view json, const std::string& file);
  Result<void> check_criteria() const;

  std::vector<Pack> packs_;
  std::map<std::string, std::shared_ptr<const Wording>> wordings_;
};

}  // namespace refledger::letter
