// What the public endpoint tells about one reference, as evidence to be checked.
#pragma once

#include "ledger/format/link.h"
#include "tools/refledger/fetch.h"
#include "verify/check/check.h"

namespace refledger::tools {

/// Proof and withdrawal from `GET /v/ID`.  not_found: the server knows no such reference.
Result<void> add_told(const format::Link& link, const FetchOptions& fetch,
                      verify::Evidence& evidence);

/// The credential from `GET /v/ID/record`, opened with the link's secret.
/// refused: a wrong secret or an altered record.
Result<void> add_record(const format::Link& link, const FetchOptions& fetch,
                        verify::Evidence& evidence);

/// The log key from `GET /.well-known/refledger`: the word of the server that is being checked.
Result<void> add_trust_of_server(const format::Link& link, const FetchOptions& fetch,
                                 verify::Evidence& evidence);

}  // namespace refledger::tools
