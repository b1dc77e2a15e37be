#include "render/pdf/qr_mask.h"

#include <array>
#include <bit>
#include <cstdlib>
#include <vector>

namespace refledger::pdf {
namespace {

constexpr int masks = 8;
static_assert(4 * max_version + 17 <= 64);

// Centres of the alignment patterns by version, along both edges.
constexpr std::array<std::array<int, 3>, max_version + 1> centres{{
    {},
    {},
    {6, 18},
    {6, 22},
    {6, 26},
    {6, 30},
    {6, 34},
    {6, 22, 38},
    {6, 24, 42},
    {6, 26, 46},
    {6, 28, 50},
}};

// The three corners with finders have none.
bool near_alignment(int x, int y, int side) {
  const auto& along = centres[static_cast<std::size_t>((side - 17) / 4)];
  for (const int middle_x : along) {
    for (const int middle_y : along) {
      const bool none = middle_x == 0 || middle_y == 0;
      const bool corner = (middle_x == 6 && (middle_y == 6 || middle_y == side - 7)) ||
                          (middle_x == side - 7 && middle_y == 6);
      if (none || corner) continue;
      if (std::abs(x - middle_x) <= 2 && std::abs(y - middle_y) <= 2) return true;
    }
  }
  return false;
}

// Whether the module holds data: only these are masked.
bool holds_data(int x, int y, int side) {
  const int far = side - 8;
  const bool finder = (x < 9 && y < 9) || (x < 9 && y >= far) || (x >= far && y < 9);
  const bool version = side >= 45 && ((x < 6 && y >= side - 11) || (y < 6 && x >= side - 11));
  return !finder && !version && x != 6 && y != 6 && !near_alignment(x, y, side);
}

bool is_masked(int mask, int x, int y) {
  switch (mask) {
    case 0:
      return (x + y) % 2 == 0;
    case 1:
      return y % 2 == 0;
    case 2:
      return x % 3 == 0;
    case 3:
      return (x + y) % 3 == 0;
    case 4:
      return (x / 3 + y / 2) % 2 == 0;
    case 5:
      return x * y % 2 + x * y % 3 == 0;
    case 6:
      return (x * y % 2 + x * y % 3) % 2 == 0;
    default:
      return ((x + y) % 2 + x * y % 3) % 2 == 0;
  }
}

// Ones where this module and the next are alike.
ModuleLine alike(ModuleLine line, int side) {
  return ~(line ^ (line >> 1)) & ((ModuleLine{1} << (side - 1)) - 1);
}

// Five in a row cost 3, each one more costs 1.
int cost_of_runs(ModuleLine line, int side) {
  const ModuleLine pairs = alike(line, side);
  const ModuleLine fives = pairs & (pairs >> 1) & (pairs >> 2) & (pairs >> 3);
  return std::popcount(fives) + 2 * std::popcount(fives & ~(fives << 1));
}

// What looks like a finder: 1:1:3:1:1 with four light modules before or behind.
int cost_of_finders(ModuleLine line, int side) {
  int cost = 0;
  for (int at = 0; at + 11 <= side; ++at) {
    const ModuleLine here = (line >> at) & 0x7FF;
    if (here == 0b00001011101 || here == 0b10111010000) cost += 40;
  }
  return cost;
}

int cost_of(std::span<const ModuleLine> rows, std::span<const ModuleLine> columns) {
  const int side = static_cast<int>(rows.size());
  int cost = 0;
  int dark = 0;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    for (const ModuleLine line : {rows[at], columns[at]}) {
      cost += cost_of_runs(line, side) + cost_of_finders(line, side);
    }
    dark += std::popcount(rows[at]);
    if (at == 0) continue;
    const ModuleLine squares =
        alike(rows[at], side) & alike(rows[at - 1], side) & ~(rows[at] ^ rows[at - 1]);
    cost += 3 * std::popcount(squares);
  }
  return cost + 10 * (std::abs(dark * 100 / (side * side) - 50) / 5);
}

struct Masked {
  std::vector<ModuleLine> rows;
  std::vector<ModuleLine> columns;
};

}  // namespace

int best_mask(std::span<const ModuleLine> rows) {
  const int side = static_cast<int>(rows.size());
  std::array<Masked, masks> codes;
  for (Masked& code : codes) {
    code.rows.assign(rows.size(), 0);
    code.columns.assign(rows.size(), 0);
  }
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const auto row = static_cast<std::size_t>(y);
      const auto column = static_cast<std::size_t>(x);
      const bool data = holds_data(x, y, side);
      const bool dark = ((rows[row] >> x) & 1) != 0;
      for (int mask = 0; mask < masks; ++mask) {
        const bool turned = data && is_masked(0, x, y) != is_masked(mask, x, y);
        if (dark == turned) continue;
        codes[static_cast<std::size_t>(mask)].rows[row] |= ModuleLine{1} << x;
        codes[static_cast<std::size_t>(mask)].columns[column] |= ModuleLine{1} << y;
      }
    }
  }
  int best = 0;
  int least = cost_of(codes[0].rows, codes[0].columns);
  for (int mask = 1; mask < masks; ++mask) {
    const Masked& code = codes[static_cast<std::size_t>(mask)];
    const int cost = cost_of(code.rows, code.columns);
    if (cost >= least) continue;
    least = cost;
    best = mask;
  }
  return best;
}

}  // namespace refledger::pdf
