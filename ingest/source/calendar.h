// Days and decimal numbers as HR systems write them.
//
// Errors   malformed, without the text
#pragma once

#include <string>
#include <string_view>

#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::ingest {

/// `2026-09-30`, or that day's local midnight with an offset (`2026-09-30T00:00:00+02:00`, `+0200`,
/// `Z`).  The day is the first ten characters; turned into UTC it would be the day before.
Result<Date> to_day(std::string_view text);

/// `38.50`, `40.00` and `38,5` as they come; `38.5`, `40` as they go out.  At most `highest`.
Result<std::string> to_decimal(std::string_view text, double highest);

}  // namespace refledger::ingest
