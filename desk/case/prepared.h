// A document whose signature is made elsewhere, kept until it comes.
//
// Shape    Canonical JSON, one vault item of kind "prepared", found by the case's id.
// Errors   malformed: anything but what to_json writes
#pragma once

#include <string>

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
  std::string chain;  ///< PEM: the signer's certificate and those above
  Date last_day;      ///< a signature that comes later is not taken
};

Json to_json(const PreparedDocument& prepared);
Result<PreparedDocument> prepared_from_json(std::string_view canonical_text);

}  // namespace refledger::desk
