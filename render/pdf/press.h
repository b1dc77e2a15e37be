// What Fonts holds.
#pragma once

#include <map>

#include "render/pdf/codes.h"
#include "render/pdf/deflated.h"
#include "render/pdf/fonts.h"
#include "render/pdf/hyphenation.h"

namespace refledger::pdf {

struct Fonts::State {
  Faces faces;
  Deflated colour_profile;
  Hyphenation hyphenation;
};

}  // namespace refledger::pdf
