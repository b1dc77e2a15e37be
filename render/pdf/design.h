// The design in numbers; change them looking at the page.
//
// Units    Points; sizes and leadings from baseline to baseline.
#pragma once

#include <array>

#include "render/pdf/page.h"

namespace refledger::pdf {

constexpr double millimetre = 72 / 25.4;

constexpr double left = 25 * millimetre;
constexpr double right = page_width - 25 * millimetre;
constexpr double measure = right - left;
constexpr double letterhead_top = page_height - 18 * millimetre;
constexpr double running_head = page_height - 18 * millimetre;
constexpr double continued_top = page_height - 34 * millimetre;  ///< first baseline after page 1
constexpr double footer_base = 11 * millimetre;                  ///< lowest line of the footer

constexpr Colour ink{0.11, 0.11, 0.12};
constexpr Colour grey{0.35, 0.36, 0.38};
constexpr Colour hairline{0.78, 0.79, 0.81};
constexpr Colour watermark_grey{0.91, 0.91, 0.92};

/// A face, its size, and the distance from one baseline to the next.
struct Setting {
  Style style;
  double size;
  double leading;
  Colour colour;
};

constexpr Setting note{Style::regular, 8, 11.5, grey};
constexpr Setting typed{Style::mono, 8.2, 12, ink};
constexpr Setting fine{Style::regular, 7.5, 10.5, grey};

/// How loosely the letter is set; the loosest that fits one page is taken.
struct Rhythm {
  double body_size;
  double body_leading;
  double between_paragraphs;
  double title_size;
  double below_title;  ///< to the first line of text
  double above_closing;
  double title_top;  ///< highest place of the title's baseline
};
constexpr std::array<Rhythm, 3> rhythms{{
    {10.5, 16, 8.5, 20, 32, 24, page_height - 72 * millimetre},
    {10.5, 15, 7, 19, 28, 18, page_height - 62 * millimetre},
    {10, 14, 6, 18, 26, 15, page_height - 56 * millimetre},
}};

}  // namespace refledger::pdf
