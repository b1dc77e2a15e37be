// Whether an issuer's own domain says that it keeps its references in this log under these keys.
//
// Order    `https://DOMAIN/.well-known/refledger` is asked, without following redirects; nothing
//          but a name is sent.  The TXT record of the same content is for other readers: without
//          DNSSEC it would be weaker than the domain's TLS certificate.
// Errors   upstream or not_found: nothing is confirmed; malformed: not such an answer; conflict:
//          the domain names another log
// Source   docs/public-endpoint.md
#pragma once

#include <string>
#include <vector>

#include "ledger/format/trust.h"
#include "tools/refledger/fetch.h"

namespace refledger::tools {

/// The issuer lines that the domain of `iss` vouches for, with one of `logs`.
Result<std::vector<format::Trust::Issuer>> ask_domain(const std::string& iss,
                                                      const std::vector<format::NoteKey>& logs,
                                                      const FetchOptions& fetch);

}  // namespace refledger::tools
