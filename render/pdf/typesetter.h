// Text in the document's fonts and language.
//
// Threads  One typesetter serves one document in one thread: it remembers what it has shaped.
#pragma once

#include <set>
#include <string>

#include "render/pdf/paragraph.h"
#include "render/pdf/press.h"

namespace refledger::pdf {

class Typesetter {
 public:
  /// The words of `holder` are never divided.
  Typesetter(const Fonts::State& fonts, std::string locale, std::string_view holder);

  double width(const Setting& setting, std::string_view text) const;
  Run run(const Setting& setting, double x, double y, std::string_view text) const;
  /// One run a line, the first at (x, y).  `divide` allows hyphens.
  std::vector<Run> lines(const Setting& setting, double x, double y, std::string_view text,
                         double line_width, bool divide) const;

 private:
  const Face& face(const Setting& setting) const { return fonts_.faces.at(setting.style); }
  const Glyphs& shaped(const Setting& setting, std::string_view text) const;

  const Fonts::State& fonts_;
  std::string locale_;
  std::set<std::u32string, std::less<>> names_;
  mutable std::map<std::pair<Style, std::string>, Glyphs>
      shaped_;  ///< shapes do not depend on size
};

}  // namespace refledger::pdf
