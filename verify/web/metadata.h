// Key sets and small fixed documents, for programs that know nothing of this log.
//
// Errors   not_found, storage
// Source   draft-ietf-oauth-sd-jwt-vc (issuer metadata, type metadata); RFC 7517, RFC 8037
#pragma once

#include <string>
#include <vector>

#include "ledger/core/json.h"
#include "ledger/format/trust.h"
#include "ledger/log/view.h"

namespace refledger::web {

/// Every key of every issuer, retired ones too: an old reference is judged by an old key.
Result<Json> all_keys(const log::View& view);

/// `{"issuer":ISS,"jwks":{"keys":[...]}}`
Result<Json> issuer_metadata(const log::View& view, const std::string& iss);

/// Each issuer with the first key of its history: what a trust file pins it by.
Result<std::vector<format::Trust::Issuer>> known_issuers(const log::View& view);

/// The thumbprints of the issuer keys in use, of all issuers.
Result<std::vector<std::string>> current_kids(const log::View& view);

/// What the claims of `vct` mean.
Json type_metadata(const std::string& vct);

}  // namespace refledger::web
