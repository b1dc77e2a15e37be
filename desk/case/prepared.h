// A document whose signature is made elsewhere, kept until it comes, and who is to make it.
//
// Shape    Canonical JSON, a vault item of kind "prepared" and one of kind "signer", found by the
//          case's id.
// Errors   malformed: anything but what to_json writes
#pragma once

#include <string>

#include "desk/case/signers.h"
#include "ledger/core/bytes.h"
#include "ledger/core/json.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"
#include "render/pdf/pdf.h"
#include "render/seal/seal.h"

namespace refledger::desk {

struct PreparedDocument {
  pdf::Prepared page;
  seal::ToBeSigned asked;
  std::string chain;              ///< PEM: the signer's certificate and those above
  Date last_day;                  ///< a signature that comes later is not taken
  pdf::Additions additions = {};  ///< that the file was made for
  std::string signed_chain = {};  ///< of whoever has signed already; empty: nobody
  std::string next_chain = {};    ///< of whoever signs afterwards; empty: nobody
};

Json to_json(const PreparedDocument& prepared);
Result<PreparedDocument> prepared_from_json(std::string_view canonical_text);

/// malformed: more than two signatures, or a chain that is none.
Result<void> may_sign(const Signers& signers);

Json to_json(const Signers& signers);
Result<Signers> signers_from_json(std::string_view canonical_text);

}  // namespace refledger::desk
