// Whether a revision holds what its table lists and nothing besides.
//
// Why      Content that was hidden before signing is shown by a later update, or by a reader that
//          looks elsewhere ("shadow attacks").  Files of ours have no place for it: objects stand
//          one behind the other in the order of their numbers, each is reached from the root, and
//          nothing in them acts or switches.
#pragma once

#include <qpdf/QPDF.hh>

#include "ledger/core/bytes.h"

namespace refledger::verify {

/// `pdf` is the parsed `revision`, which has one plain table.
bool holds_nothing_hidden(ByteView revision, QPDF& pdf);

}  // namespace refledger::verify
