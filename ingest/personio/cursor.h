// The place in a list of v2 where the next page begins.
//
// Shape    {"_meta":{"links":{"next":{"href":"…?cursor=cur_…"}}}}, absolute or relative; no link on
//          the last page.  Only the cursor is taken: the host of the link would get our token.
// Errors   malformed: a link without a cursor that fits into a query
// Source   developer.personio.de v2; reports of users
#pragma once

#include <optional>
#include <string>

#include "ledger/core/json.h"

namespace refledger::ingest::personio {

/// The cursor of the next page, as it goes into a query; nothing: this was the last page.
Result<std::optional<std::string>> next_cursor(const Json& body);

}  // namespace refledger::ingest::personio
