// What frames the letter: the sender above, the footer below, running heads, page numbers, and the
// word across a test document.
#pragma once

#include "render/pdf/pdf.h"
#include "render/pdf/typesetter.h"

namespace refledger::pdf {

/// malformed unless six hexadecimal digits
Result<Colour> parse_colour(std::string_view rrggbb);

/// Text in `accent`, unless it is too light to read on white (WCAG 2: 4.5 to 1).
Colour readable(const Colour& accent);

/// Adds sender and address to the first page of `layout`; returns the height of the rule below.
double add_letterhead(Layout& layout, const Letterhead& head, const Typesetter& typesetter,
                      const Colour& accent);

/// The height above the footer's first line.
double footer_top(const Letterhead& head);

/// Adds footers, and from two pages on running heads and page numbers.
void add_frames(Layout& layout, const Document& document, const Typesetter& typesetter);

/// Puts the specimen's mark below everything else.
void add_watermark(Layout& layout, std::string_view language, const Typesetter& typesetter);

}  // namespace refledger::pdf
