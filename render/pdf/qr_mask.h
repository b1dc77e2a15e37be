// Which of the eight masks makes a QR code look least like a pattern, and so easiest to read.
//
// Source   ISO/IEC 18004 §7.8.3; the few modules that name the mask are weighed as mask 0 has them.
#pragma once

#include <cstdint>
#include <span>

namespace refledger::pdf {

/// A row of modules: dark ones are set, the leftmost is the lowest bit.
using ModuleLine = std::uint64_t;
constexpr int max_version = 10;  ///< 57 modules: 34 mm, still beside the text

/// `rows` are those of a code of at most `max_version` under mask 0.
int best_mask(std::span<const ModuleLine> rows);

}  // namespace refledger::pdf
