// What every document is set with, loaded once: fonts, hyphenation patterns, the colour profile.
//
// Errors   not_found, storage: a file that cannot be read; malformed: one that is not what it
//          should be
// Threads  Loaded fonts do not change; threads share them, and copies are cheap.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "ledger/core/result.h"

namespace refledger::pdf {

/// TrueType outlines (glyf), Latin, Greek and Cyrillic.  The defaults are where Debian's packages
/// fonts-noto-core, fonts-dejavu-core, icc-profiles-free and hyphen-* put them.
struct FontFiles {
  std::filesystem::path regular = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf";
  std::filesystem::path bold = "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf";
  std::filesystem::path mono = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf";
  std::filesystem::path colour_profile = "/usr/share/color/icc/sRGB.icc";
  std::filesystem::path hyphenation = "/usr/share/hyphen";  ///< hyph_de_CH.dic and others
};

class Fonts {
 public:
  static Result<Fonts> load(const FontFiles& files = {});

  /// refused, naming the first character (U+XXXX) that the letter's fonts do not show, or that is
  /// written from right to left.
  Result<void> can_show(std::string_view utf8) const;

  struct State;
  const State& state() const { return *state_; }

 private:
  explicit Fonts(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

}  // namespace refledger::pdf
