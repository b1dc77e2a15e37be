// The page's content stream: PDF operators for text with kerning, rectangles and a picture, each
// block inside its own marked-content sequence.
//
// Source   ISO 32000-1 §9.4 (text), §14.6 (marked content)
#pragma once

#include <map>
#include <string>

#include "render/pdf/page.h"

namespace refledger::pdf {

/// The names under which the page's resources know fonts and the logo.
struct ResourceNames {
  std::map<Style, std::string> fonts;
  std::string logo;
};

/// Block i carries the marked-content identifier i.
std::string content_stream(const Page& page, const Faces& faces, const ResourceNames& names);

}  // namespace refledger::pdf
