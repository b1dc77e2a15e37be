// The validation data of a file: what authorities said of its certificates when it was signed.
//
// Source   RFC 6960 §4.2 (OCSP), RFC 5280 §5 (lists), ETSI EN 319 142-1 §5.4
#pragma once

#include <vector>

#include "ledger/core/bytes.h"
#include "verify/pdf/updates.h"

namespace refledger::verify {

/// That everything in it is strict DER and holds together: each certificate is signed by another
/// one here or by itself; each answer and list is by the authority above, about certificates that
/// are here, and says that they are good; and there is such a word on every certificate from those
/// of `signers` (DER) up to a root.  Whether a root is to be trusted is not asked.
bool is_sound(const ValidationTexts& data, const std::vector<Bytes>& signers);

}  // namespace refledger::verify
