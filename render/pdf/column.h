// The letter's own text as pieces: title, sections with their lists, and the closing that stays
// together.
#pragma once

#include "render/pdf/flow.h"
#include "render/pdf/pdf.h"
#include "render/pdf/typesetter.h"

namespace refledger::pdf {

/// Adds the letter's elements to `layout` in reading order, and returns its pieces.
std::vector<Piece> letter_pieces(Layout& layout, const Document& document,
                                 const Typesetter& typesetter, const Rhythm& rhythm,
                                 const Colour& accent);

}  // namespace refledger::pdf
