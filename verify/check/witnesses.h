// Whether enough independent witnesses have cosigned a checkpoint.
//
// Source   c2sp.org/tlog-policy (groups and quorum), c2sp.org/tlog-cosignature
#pragma once

#include <cstdint>

#include "ledger/format/note.h"
#include "ledger/format/trust.h"

namespace refledger::verify {

/// True if the quorum of `trust` is reached by cosignatures not older than `not_before` (POSIX
/// seconds) and not newer than `not_after`.  Always true for the quorum "none".
bool has_quorum(const format::Note& checkpoint, const format::Trust& trust,
                std::uint64_t not_before, std::uint64_t not_after);

}  // namespace refledger::verify
