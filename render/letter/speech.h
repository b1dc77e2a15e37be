// How one letter speaks: its language, country, tense and person, ready to say sentences.
//
// Shape    Sentences come complete with capital and full stop; values are inserted as they are.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "render/letter/wording.h"

namespace refledger::letter {

class Speech {
 public:
  Speech(const Reference& reference, const DocumentType& type, const Wording& wording);

  /// The sentence `key`.  `first`: the person is named in it rather than meant by a pronoun.
  std::string say(const std::string& key, const Slots& slots = {}, bool first = true) const;
  /// The same in the past, whatever the letter's tense.
  std::string say_past(const std::string& key, const Slots& slots) const;
  /// A phrase, without capital and full stop.
  std::string phrase(const std::string& key, const Slots& slots = {}) const;
  std::string rating(std::string_view criterion, int grade, const Slots& slots, bool first) const;

  std::string date(Date day) const;
  std::string list(const std::vector<std::string>& items) const;  ///< "a, b and c"
  std::string employer() const;
  std::string department(const std::string& name) const;
  std::string workload(const std::string& given) const;
  /// `text` with the quotation marks and apostrophes of the language.
  std::string typographic(const std::string& text) const;
  std::string locale() const;
  /// Whether an academic title is one that precedes the name.
  bool stands_before(const std::string& title) const;

 private:
  std::string render(const Template& sentence, Voice voice, const Slots& slots) const;
  std::string chosen(const std::vector<Phrase>& phrases, const std::string& value) const;
  Slots mentions(const Voice& voice) const;

  const Reference& reference_;
  const DocumentType& type_;
  const Wording& wording_;
  Voice voice_;
};

}  // namespace refledger::letter
