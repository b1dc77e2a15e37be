// One sentence of the wording files, with its choices.
//
// Shape    {slot}  a value;  [past|present]  by the letter's tense;  <she|he|neutral> or
//          <she or he|neutral>  by salutation;  (first|later)  whether the person is named for the
//          first time in this paragraph.  Choices may hold slots and other choices.  A backslash
//          makes the next character plain.
// Errors   malformed: a choice that does not close or has too few or too many ways
// Source   docs/rule-packs.md, "Wording"
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/result.h"
#include "render/letter/pack.h"

namespace refledger::letter {

/// Which way each choice goes.
struct Voice {
  Salutation salutation = Salutation::neutral;
  Tense tense = Tense::past;
  bool first = true;
};

using Slots = std::map<std::string, std::string>;

/// Where two words run together: French "de Alex" is "d’Alex", Italian "dal 8" is "dall’8".
struct Join {
  std::string before;               ///< "de ", a whole word and its blank
  std::vector<std::string> starts;  ///< what the value begins with
  std::string instead;              ///< "d’"
  std::size_t drop = 0;             ///< bytes left out of the value's beginning
};

class Template {
 public:
  static Result<Template> parse(std::string_view text);

  /// Every slot must be in `slots`.  `replace` is applied to the wording, never to values.
  std::string render(const Voice& voice, const Slots& slots, const std::vector<Join>& joins,
                     const Slots& replace) const;

  std::set<std::string> slots() const;

 private:
  enum class Kind { plain, slot, tense, salutation, first };
  struct Piece {
    Kind kind = Kind::plain;
    std::string text;
    std::vector<Template> ways;
  };
  class Parser;
  struct Writing;
  void write(Writing& writing) const;

  std::vector<Piece> pieces_;
};

}  // namespace refledger::letter
