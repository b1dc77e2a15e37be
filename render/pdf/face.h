// One font file, parsed once: shaped text, and a copy cut down to the glyphs that a document uses.
//
// Units    Thousandths of the font size ("em / 1000"), as in PDF text operators.
// Errors   storage, not_found (file); malformed (not a TrueType font)
// Threads  A loaded face does not change; threads share it.
#pragma once

#include <hb.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::pdf {

/// One glyph as it is to be set, and the characters that it stands for.
struct Glyph {
  std::uint32_t id = 0;  ///< in the font file; 0: no font shows `text`
  std::u32string text;   ///< never empty
  double width = 0;      ///< of the glyph alone, as the PDF's /W array has it
  double advance = 0;    ///< with kerning
  double shift_x = 0;    ///< of a mark above or below its letter
  double shift_y = 0;
};
using Glyphs = std::vector<Glyph>;

/// What a font descriptor says beyond what libharu finds out.
struct Proportions {
  int cap_height = 0;
  int x_height = 0;
};

class Face {
 public:
  static Result<Face> load(const std::filesystem::path& path);

  /// Kerned, with marks placed.  No ligatures: German breaks them at the joints of its compounds.
  /// A character that the font lacks, that cannot be seen, or that is written from right to left
  /// becomes glyph 0.
  Glyphs shape(std::u32string_view text) const;
  Glyphs shape(std::string_view utf8) const;

  /// The font with `glyphs` alone, in TrueType form, without hinting and layout tables.  Character
  /// `first_code + i` of its only cmap segment is `glyphs[i]`.  `padding` bytes, a multiple of 4,
  /// make it longer.
  Result<Bytes> subset(std::span<const std::uint32_t> glyphs, std::size_t padding) const;
  static constexpr char32_t first_code = 0xE000;
  static constexpr std::size_t most_codes = 0x1800;  ///< of Unicode's private range

  std::uint32_t glyph_count() const;
  Proportions proportions() const;

 private:
  template <auto free>
  struct Freer {
    template <class T>
    void operator()(T* handle) const {
      free(handle);
    }
  };
  using HbFace = std::unique_ptr<hb_face_t, Freer<hb_face_destroy>>;
  using HbFont = std::unique_ptr<hb_font_t, Freer<hb_font_destroy>>;

  Face(HbFace whole, HbFace outlines, HbFont font);
  bool shows(char32_t character) const;
  void shape_run(std::u32string_view run, Glyphs& into) const;

  HbFace whole_;     ///< shapes
  HbFace outlines_;  ///< is cut down: what the subset needs and no more
  HbFont font_;
  double per_unit_;  ///< thousandths of an em in a font unit
};

/// Code points of UTF-8 text; bytes that are not UTF-8 become U+FFFD, which no face shows.
std::u32string characters_of(std::string_view utf8);

/// refused, naming the character (U+XXXX), where a glyph of `glyphs` is missing.
Result<void> check_shown(const Glyphs& glyphs);

/// The running width of shaped text at `size` points.
double width_at(std::span<const Glyph> glyphs, double size);

}  // namespace refledger::pdf
