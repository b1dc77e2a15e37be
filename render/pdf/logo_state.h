// What Logo holds.
#pragma once

#include "render/pdf/deflated.h"
#include "render/pdf/logo.h"

namespace refledger::pdf {

constexpr double most_logo_width = 84 * 72 / 25.4;   ///< points: 84 mm
constexpr double most_logo_height = 16 * 72 / 25.4;  ///< points: 16 mm

struct Logo::State {
  unsigned width = 0;  ///< pixels
  unsigned height = 0;
  Deflated rgb;
  std::size_t file_bytes = 0;
};

}  // namespace refledger::pdf
