// When references of a day are entered in the log, and in which order: so that neither tells who
// left when.
//
// Source   docs/workflow.md, "Publishing once a day"
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "ledger/core/random.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::desk {

/// The next time after `now` that clocks in `zone` show `at`, minutes after midnight.  Where clocks
/// are put forward over it, an hour beside.  not_found: no such zone.
Result<UtcMillis> next_publication(UtcMillis now, std::chrono::minutes at, std::string_view zone);

/// The numbers below `count`, in an order of which each is as likely as any other.
std::vector<std::size_t> random_order(std::size_t count, Random& random);

}  // namespace refledger::desk
