// libharu's part: a PDF with pages, their content and embedded fonts.  It has none of the structure
// that PDF/A and PDF/UA ask for; see structure.h.
//
// Errors   malformed: a font that libharu does not take
#pragma once

#include "render/pdf/codes.h"

namespace refledger::pdf {

/// Page i of the file is page i of `layout`.
Result<Bytes> skeleton(const Layout& layout, const CodesByStyle& codes, const Faces& faces);

/// What stands before the plus sign of a font's /BaseFont: by it structure.h finds the font.
const char* subset_tag(Style style);

}  // namespace refledger::pdf
