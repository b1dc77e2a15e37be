// Where words may be divided, by the patterns of the document's language.
//
// Shape    German (Switzerland, Germany, Austria), French, Italian, English; other languages are
//          not divided.
// Errors   as read_patterns()
// Threads  Loaded patterns do not change; threads share them.
#pragma once

#include <map>

#include "render/pdf/patterns.h"

namespace refledger::pdf {

class Hyphenation {
 public:
  static Result<Hyphenation> load(const std::filesystem::path& folder);

  /// Counts of letters after which `word`, letters alone, may be divided for `locale` (de-CH).  At
  /// least three stand before and after each.
  std::vector<std::size_t> points(std::u32string_view word, std::string_view locale) const;

 private:
  std::map<std::string, Patterns, std::less<>> by_language_;  ///< de, fr, it, en
};

}  // namespace refledger::pdf
