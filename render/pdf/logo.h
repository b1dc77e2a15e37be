// The letterhead's picture: PNG in, plain RGB out, transparency laid on white.
//
// Errors   malformed: not a PNG, broken, over 1 MiB or over 2000 x 2000 pixels
#pragma once

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::pdf {

struct Picture {
  unsigned width = 0;
  unsigned height = 0;
  Bytes rgb;  ///< 3 bytes a pixel, rows from the top
};

Result<Picture> read_png(ByteView png);

}  // namespace refledger::pdf
