// What an issuer lets happen by itself: per country and type of reference.
//
// Shape    Three layers, the narrower one first: country and type ("CH", "confirmation"), country
//          alone, everything.  What no layer says is as in AutomaticRule.
// Units    Days ahead are calendar days before the last day of employment.
// Source   docs/workflow.md, "What happens by itself"
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace refledger::ingest {

enum class AutomaticMode {
  off,    ///< nothing is prepared; the leaver is listed, and HR may open a case
  draft,  ///< a case is opened and drafted; HR releases it
  issue,  ///< issued once the last day and the hold period are over, unless HR stops it
};
const char* name_of(AutomaticMode mode);
std::optional<AutomaticMode> mode_named(std::string_view name);

/// What holds for one country and type.
struct AutomaticRule {
  AutomaticMode mode = AutomaticMode::draft;
  unsigned days_ahead = 30;      ///< 0: not before the last day is over
  std::chrono::hours hold{24};   ///< between the notice to HR and the issue
  bool fixed_term_ends = false;  ///< a fixed term's end counts without HR's confirmation
  friend bool operator==(const AutomaticRule&, const AutomaticRule&) = default;
};

/// What one layer says.
struct RuleLayer {
  std::optional<AutomaticMode> mode = {};
  std::optional<unsigned> days_ahead = {};
  std::optional<std::chrono::hours> hold = {};
  std::optional<bool> fixed_term_ends = {};
};

class AutomaticRules {
 public:
  /// An empty type: for the whole country; an empty country as well: for everybody.
  void set(const std::string& country, const std::string& type, const RuleLayer& layer);

  AutomaticRule of(std::string_view country, std::string_view type) const;
  /// While the type is not known yet: a case is opened unless every type is off, as early as the
  /// earliest type needs it.
  AutomaticRule of_any(std::string_view country) const;
  /// All of it as text: equal for equal rules.
  std::string text() const;

 private:
  std::map<std::pair<std::string, std::string>, RuleLayer> layers_;
};

}  // namespace refledger::ingest
