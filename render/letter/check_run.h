// One run of the checks over one letter: what they share.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "render/letter/checks.h"

namespace refledger::letter {

/// A stretch of a section's text, in bytes.
struct Stretch {
  std::size_t begin = 0;
  std::size_t length = 0;
};

/// A section with its text cut into words once for all checks.
struct ReadSection {
  std::string id;
  std::string base;  ///< the id without its number: "tasks" of "tasks-2"
  std::string text;
  std::vector<Word> words;
  std::vector<Stretch> names;  ///< where the facts' own names stand: employer, titles, people

  bool is_named(Stretch stretch) const;
  Stretch stretch_of(const Span& span) const;
};

class CheckRun {
 public:
  CheckRun(const Reference& reference, const Letter& letter, const Pack& pack,
           const DocumentType& type, const Lexicon& lexicon, const CheckContext& context);

  /// Adds a finding unless the pack switched it off.  `level`: where it is another than usual.
  void find(const std::string& id, const ReadSection& section, Stretch stretch);
  void find_as(CheckLevel level, const std::string& id, const ReadSection& section,
               Stretch stretch);
  void find_in(const std::string& id, const std::string& section);
  void find_field(const std::string& id, const std::string& field);

  const ReadSection* section(std::string_view id) const;

  const Reference& reference;
  const DocumentType& type;
  const Lexicon& lexicon;
  const Language* language;
  const CheckContext& context;
  std::vector<ReadSection> sections;
  std::vector<Finding> findings;

 private:
  CheckLevel level_of(const std::string& id) const;
  Finding made(const std::string& id) const;
  const Pack& pack_;
};

/// Whether a finding of `scope` looks at sections of that name.
bool looks_at(Scope scope, std::string_view base);

/// Coded, unlawful and limiting words, tense, heaps of praise, groups: what the wording says.
void check_wording(CheckRun& run);
/// Quotation marks, exclamation marks and other signs.
void check_marks(CheckRun& run);
/// What the pack asks of fields, ratings, dates and signature.
void check_rules(CheckRun& run);

}  // namespace refledger::letter
