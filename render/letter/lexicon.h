// What the checks know: every finding with its reasons, and the words of each language.
//
// Shape    `findings.json`, and `lexicon-de.json` and so on, in the folder of rules.  Parsed
//          strictly: an unknown key, a finding without a reason or source, a word for a finding
//          that does not exist, or a broken pattern is an error that names the place.
// Errors   malformed; storage, not_found if a file cannot be read
// Source   docs/checks.md
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "render/letter/pack.h"
#include "render/letter/pattern.h"

namespace refledger::letter {

/// Which sections a finding looks at.  The job's own words (employer, functions, tasks, training)
/// say nothing about the person, so most findings leave them alone.
enum class Scope { all, person, rating };

struct FindingRule {
  std::string check;                    ///< what the packs name: unlawful_content, tense, ...
  CheckLevel level = CheckLevel::warn;  ///< where the pack says nothing
  Scope scope = Scope::all;
  std::map<std::string, std::string> sources;  ///< by country; "*" for the others
  InLanguages reason;

  const std::string& source_in(const std::string& country) const;
};

/// The words that make one finding.
struct Words {
  std::vector<Pattern> patterns;
  std::vector<Pattern> except;  ///< a stretch that meets one of these is no finding
  std::vector<Pattern> unless;  ///< nor is one in a sentence that holds one of these
  bool only_senior = false;     ///< counts only for those who lead
};

struct Language {
  std::map<std::string, Words> words;                     ///< by finding
  std::vector<Pattern> superiors, colleagues, customers;  ///< as the conduct section names them
  std::vector<Pattern> senior;         ///< in the title of a function: somebody who leads
  std::vector<Pattern> strong;         ///< superlatives and their like
  std::vector<Pattern> present, past;  ///< of the verbs that rate somebody
};

class Lexicon {
 public:
  static Result<Lexicon> load(const std::filesystem::path& folder);
  /// `languages`: by "de" and so on.
  static Result<Lexicon> from_json(std::string_view findings,
                                   const std::map<std::string, std::string>& languages);

  const FindingRule& rule(const std::string& finding) const;  ///< one of finding_names()
  const std::map<std::string, FindingRule>& rules() const { return rules_; }
  const Language* find(const std::string& language) const;

 private:
  std::map<std::string, FindingRule> rules_;
  std::map<std::string, Language> languages_;
};

/// Every finding that there is; the data has exactly these.
const std::vector<std::string_view>& finding_names();

}  // namespace refledger::letter
