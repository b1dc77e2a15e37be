// The calendar day in a company's time zone.
//
// Source   the system's IANA time zone database
#pragma once

#include <string_view>

#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::ingest {

/// What day it is at `now` in `zone` ("Europe/Zurich"); not_found for an unknown zone.
Result<Date> local_date(UtcMillis now, std::string_view zone);

/// How far the clocks of `zone` are ahead of UTC at `now`; not_found for an unknown zone.
Result<std::chrono::minutes> ahead_of_utc(UtcMillis now, std::string_view zone);

}  // namespace refledger::ingest
