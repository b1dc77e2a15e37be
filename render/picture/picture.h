// A picture from a file that somebody else made: PNG, JPEG, GIF or SVG in, plain RGB out.
//
// Shape    Transparency is laid on white; of a GIF the first frame counts.  An SVG is drawn from
//          shapes, gradients and clips alone: no text, picture, filter, pattern, script, style
//          sheet or reference to anything outside.
// Errors   malformed: none of the four, broken, over 1 MiB, over 2000 x 2000 pixels, or an SVG
//          that holds more than the above or over 5,000 elements
// Threads  Calls share nothing.
#pragma once

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::picture {

struct Picture {
  unsigned width = 0;
  unsigned height = 0;
  Bytes rgb;  ///< 3 bytes a pixel, rows from the top
};

/// At most `most_width` by `most_height` pixels: larger pictures are scaled down, an SVG is drawn
/// to fill them as far as its proportions allow.
Result<Picture> read_picture(ByteView file, unsigned most_width, unsigned most_height);

}  // namespace refledger::picture
