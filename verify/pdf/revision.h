// Where the revisions of a file end, and whether a revision is one that is safe to parse.
//
// Each update of a PDF is appended and ends with an end-of-file mark.  Ours have one revision.
#pragma once

#include <optional>
#include <vector>

#include "ledger/core/bytes.h"

namespace refledger::verify {

/// Lengths of the prefixes that end with "%%EOF", without and with each line end that follows.
/// Ascending; the whole file is the last one if it ends so.
std::vector<std::size_t> prefixes_at_marks(ByteView file);

/// The first revision as we write it: up to and with the newline after the first mark; the whole
/// file if there is no such mark.
ByteView first_revision(ByteView file);

/// Where the objects 1, 2, ... begin, and the table behind them.
struct Table {
  std::vector<std::size_t> objects;
  std::size_t position = 0;
};

/// The table of a revision that ends like ours: a classic cross-reference table where "startxref"
/// points, few entries, and a trailer that refers to no other table.  Then a parser reads this
/// table and nothing but it: no compressed tables or object streams, which could be made to swell.
std::optional<Table> table_of(ByteView revision);

}  // namespace refledger::verify
