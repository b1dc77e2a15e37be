// A page's content stream: PDF operators for text with kerning, rectangles and a picture, each
// mark inside its own marked-content sequence.
//
// Source   ISO 32000-1 §9.4 (text), §14.6 (marked content), §14.8.2.2 (artifacts)
#pragma once

#include <map>
#include <string>

#include "render/pdf/codes.h"

namespace refledger::pdf {

/// The names under which a page's resources know its fonts.
using FontNames = std::map<Style, std::string>;
/// And the letterhead's picture.
inline constexpr const char* logo_name = "/Logo";

std::string content_stream(const Page& page, const Layout& layout, const CodesByStyle& codes,
                           const FontNames& names);

/// "/P" and so on, as in the structure tree.
const char* name_of(Tag tag);

}  // namespace refledger::pdf
