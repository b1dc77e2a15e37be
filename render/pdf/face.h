// One font file: which characters it has, how wide text runs in it, and a copy cut down to what a
// document uses.
//
// Units    Thousandths of the font size ("em / 1000"), as in PDF text operators.
// Errors   storage (file), malformed (not a TrueType font), refused (a character it cannot show)
#pragma once

#include <hb.h>

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::pdf {

/// One character as it is to be set.
struct Glyph {
  char32_t character = 0;
  double width = 0;    ///< of the character alone, as the PDF's /W array has it
  double advance = 0;  ///< with kerning
  double shift_x = 0;  ///< of a mark above or below its letter
  double shift_y = 0;
};

class Face {
 public:
  static Result<Face> load(const std::filesystem::path& path);

  /// refused, naming the first character that has no glyph here, lies outside the Basic
  /// Multilingual Plane, or is written from right to left.
  Result<void> check(std::string_view text) const;

  /// One glyph a character, kerned; no ligatures, so that text extracts as it was put in.
  std::vector<Glyph> shape(std::string_view text) const;

  /// The font with the glyphs of `characters` alone, without hinting and layout tables.
  Result<Bytes> subset(const std::set<char32_t>& characters) const;

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

  Face(HbFace face, HbFont font);
  bool shows(char32_t character) const;
  double width_of(char32_t character) const;
  std::vector<Glyph> unkerned(const std::u32string& run) const;
  std::vector<Glyph> shape_run(const std::u32string& run) const;

  HbFace face_;
  HbFont font_;
  double per_unit_;  ///< thousandths of an em in a font unit
};

/// Code points of UTF-8 text; bytes that are not UTF-8 become U+FFFD, which check() refuses.
std::u32string characters_of(std::string_view utf8);

/// The running width of shaped text at `size` points.
double width_at(const std::vector<Glyph>& glyphs, double size);

}  // namespace refledger::pdf
