// The QR code of a link: level Q, alphanumeric segments around byte segments for what they lack.
//
// Errors   out_of_range: longer than a code of reasonable size holds
// Source   ISO/IEC 18004 §7.4; measured: docs/pdf.md
#pragma once

#include <string_view>
#include <vector>

#include "ledger/core/result.h"

namespace refledger::pdf {

constexpr double module_side = 0.6 * 72 / 25.4;  ///< 0.6 mm in points
constexpr int quiet_modules = 4;

/// Dark modules of one row, [begin, end).
struct ModuleRun {
  int row = 0;
  int begin = 0;
  int end = 0;
};

struct QrModules {
  int side = 0;  ///< without the quiet zone
  std::vector<ModuleRun> runs;
};

Result<QrModules> qr_modules(std::string_view text);

}  // namespace refledger::pdf
