// What the log says about one reference, gathered once for the page, the JSON and the proof file.
//
// Errors   not_found: no such reference; storage
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/core/json.h"
#include "ledger/core/time.h"
#include "ledger/log/view.h"

namespace refledger::web {

struct Reference {
  format::LoggedEntry issued;
  LeafIndex issued_at;
  std::optional<format::LoggedEntry> withdrawn;
  std::string iss;
  std::string issuer_name;
  std::vector<format::LoggedEntry> keys;  ///< every key entry of `iss` below the pinned size
  std::size_t keys_before = 0;            ///< how many of them stand before the issued entry
  std::string status_token;               ///< empty while none is stored
};

/// As the newest checkpoint shows it, with proofs under the newest one that witnesses have cosigned
/// wherever that shows the same.
Result<Reference> find_reference(const store::Reader& ledger, const log::View& newest,
                                 const ReferenceHash& ref);

/// Every reference whose `doc` that is, in the order of the log.
Result<std::vector<Reference>> find_by_document(const store::Reader& ledger,
                                                const log::View& newest, const DocumentHash& doc);

/// The members that `/v/ID` and `/d/HEX` share: entry, receipt, status, withdrawn, iss, ...
Json to_json(const Reference& reference, const log::View& view);

/// The proof file of `id`.
format::ProofFile proof_of(const ReferenceId& id, const Reference& reference);

}  // namespace refledger::web
