// Breaking a paragraph into lines.
//
// Shape    Ragged right.  Of all ways to break, the one whose lines come out most even; words are
//          divided only where that makes too ragged an edge.  A number stays with what it counts
//          ("1. März", "80 %"), an abbreviation with its number ("Art. 330a"), a title with its
//          name ("Frau Brunner").
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "render/pdf/design.h"
#include "render/pdf/hyphenation.h"

namespace refledger::pdf {

/// How words may be divided; by nothing where `patterns` is null.
struct Division {
  const Hyphenation* patterns = nullptr;
  std::string_view locale;
  const std::set<std::u32string, std::less<>>* whole = nullptr;  ///< words never divided: names
};

/// What stands between spaces, hyphens and other signs.
std::set<std::u32string, std::less<>> words_of(std::u32string_view text);

/// `text` is a shaped paragraph.  Lines keep their final space, so that words stay apart when text
/// is extracted; a hyphen that divides a word stands for U+00AD.  A word wider than the line is
/// broken where it has to be.
std::vector<Glyphs> break_lines(const Glyphs& text, const Face& face, double size, double width,
                                const Division& division);

}  // namespace refledger::pdf
