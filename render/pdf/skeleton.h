// libharu's part: a PDF with one page, its content, its embedded fonts and the logo.  It has none
// of the structure that PDF/A and PDF/UA ask for; see structure.h.
//
// Errors   malformed: a font that libharu does not take
#pragma once

#include <map>
#include <set>

#include "render/pdf/logo.h"
#include "render/pdf/page.h"

namespace refledger::pdf {

/// The characters that each face has to show.
using UsedCharacters = std::map<Style, std::set<char32_t>>;
UsedCharacters used_characters(const Page& page);

/// `logo` may be null; then the page has no block for one.
Result<Bytes> skeleton(const Page& page, const Faces& faces, const Picture* logo);

}  // namespace refledger::pdf
