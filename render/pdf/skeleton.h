// libharu's part: a PDF with one page, its content, its embedded fonts and the logo.  It has none
// of the structure that PDF/A and PDF/UA ask for; see structure.h.
//
// Errors   malformed: a font or picture that libharu does not take
#pragma once

#include <map>
#include <optional>
#include <set>

#include "render/pdf/page.h"

namespace refledger::pdf {

/// What a picture file says about itself.  malformed unless it is a PNG of at most 1 MiB and
/// 4000 x 4000 pixels.
Result<ImageSize> png_size(ByteView png);

/// The characters that each face has to show.
using UsedCharacters = std::map<Style, std::set<char32_t>>;
UsedCharacters used_characters(const Page& page);

Result<Bytes> skeleton(const Page& page, const Faces& faces, ByteView logo_png);

}  // namespace refledger::pdf
