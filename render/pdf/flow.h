// The letter as a column of pieces that pages cut, and where they cut it.
//
// Units    Points.  A piece's marks stand relative to its baseline, at y 0.
// Errors   out_of_range: more than ten pages, or a piece taller than a page
#pragma once

#include "render/pdf/page.h"

namespace refledger::pdf {

/// What pages never divide: a line, or a group of lines.
struct Piece {
  double lead = 0;   ///< from the baseline above; none at the top of a page
  double depth = 0;  ///< how far it reaches below its baseline
  bool may_begin_page = false;
  bool begins_paragraph = false;
  std::vector<Mark> marks;
};

struct Column {
  double first_top = 0;    ///< first baseline on the first page
  double next_top = 0;     ///< on the others
  double bottom = 0;       ///< nothing reaches below
  double last_bottom = 0;  ///< on the last page, where the verification box stands
};

/// A piece and its baseline.
struct Placed {
  std::size_t piece = 0;
  double y = 0;
};

/// The pieces of each page.
Result<std::vector<std::vector<Placed>>> paginate(const std::vector<Piece>& pieces,
                                                  const Column& column);

}  // namespace refledger::pdf
