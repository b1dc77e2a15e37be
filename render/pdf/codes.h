// The codes by which a document's text names glyphs: 1, 2, ... per font, in order of appearance.
// One code stands for one glyph and the characters it was set for, so that text extracts exactly.
//
// Errors   out_of_range: more glyphs than codes
#pragma once

#include <cstdint>
#include <map>

#include "render/pdf/page.h"

namespace refledger::pdf {

class Codes {
 public:
  explicit Codes(std::uint32_t glyph_count) : first_(glyph_count, 0) {}

  /// The code of `glyph`, a new one where it has none.
  std::uint16_t add(const Glyph& glyph);
  /// The code that add() gave.
  std::uint16_t of(const Glyph& glyph) const;

  /// Entry i belongs to code i + 1.
  const std::vector<std::uint32_t>& glyphs() const { return glyphs_; }
  const std::vector<std::u32string>& texts() const { return texts_; }

 private:
  std::vector<std::uint16_t> first_;  ///< by glyph: its first code, 0 for none
  std::vector<std::uint16_t> next_;   ///< by code: the next one of the same glyph
  std::vector<std::uint32_t> glyphs_;
  std::vector<std::u32string> texts_;
};

using Faces = std::map<Style, Face>;
using CodesByStyle = std::map<Style, Codes>;

/// Of all text of `layout`; only styles that it uses.
Result<CodesByStyle> codes_of(const Layout& layout, const Faces& faces);

/// The CMap that readers extract text with.
std::string unicode_map(const Codes& codes);

}  // namespace refledger::pdf
