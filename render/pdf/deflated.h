// Data packed once, for streams that many documents share.
//
// Source   RFC 1950
#pragma once

#include <string>

#include "ledger/core/bytes.h"

namespace refledger::pdf {

/// As a stream with /Filter /FlateDecode has it.
struct Deflated {
  std::string data;
};

Deflated deflated(ByteView plain);

}  // namespace refledger::pdf
