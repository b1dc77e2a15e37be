// Breaking a paragraph into lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/pdf/face.h"

namespace refledger::pdf {

/// Greedy, at spaces; a number stays with what it counts ("1. März", "80 %"), an abbreviation with
/// its number ("Art. 330a", "§ 109").  A word wider than the line is broken where it has to be.
/// Every line but the last keeps its final space, so that words stay apart when text is extracted.
std::vector<std::string> break_lines(std::string_view text, const Face& face, double size,
                                     double width);

}  // namespace refledger::pdf
