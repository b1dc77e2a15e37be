// A pattern over words, as the lexicons write it: matched in time linear in the text.
//
// Shape    Steps parted by blanks; each takes one word of the same sentence:
//            wort      that word                 wort*    a word that begins so
//            *wort     a word that ends so       *wort*   a word that holds it
//            a|b*      either                    _        any word
//            #         a word of digits          ..3      up to three words, whichever
//          A step followed by ? may be missing.  Case does not count; inflection is written out or
//          left to the star.
// Units    At most kMaxSteps steps, so the work for a word of the text is bounded.
// Errors   malformed: an empty pattern or step, too many steps, nothing that must match
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/result.h"
#include "render/letter/words.h"

namespace refledger::letter {

inline constexpr std::size_t kMaxSteps = 24;

class Pattern {
 public:
  static Result<Pattern> parse(std::string_view text);

  /// How many words the longest match that begins at `at` takes; 0: none.
  std::size_t match(const std::vector<Word>& words, std::size_t at) const;

 private:
  struct Choice {
    enum class Kind { whole, begin, end, inside, number } kind;
    std::string text;
    bool takes(std::string_view word) const;
  };
  struct Step {
    std::vector<Choice> choices;  // empty: any word
    bool optional = false;
    bool takes(std::string_view word) const;
  };
  static Result<Step> parse_step(std::string_view text);
  Result<void> add(std::string_view text);
  std::uint32_t reachable(std::size_t step) const;

  std::vector<Step> steps_;
};

/// A match in a text, in words.
struct Span {
  std::size_t first = 0;
  std::size_t count = 0;
  bool meets(const Span& other) const {
    return first < other.first + other.count && other.first < first + count;
  }
};

/// Every match of any of `patterns`, leftmost and longest first, none inside another.
std::vector<Span> matches_of(const std::vector<Pattern>& patterns, const std::vector<Word>& words);

}  // namespace refledger::letter
