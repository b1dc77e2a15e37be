// DER, as far as a CMS signature needs it: each function returns one whole element.
//
// Source   ITU-T X.690 §8, §10 (definite lengths, sets in ascending order of their encodings)
#pragma once

#include <initializer_list>
#include <vector>

#include "ledger/core/bytes.h"

namespace refledger::seal::der {

enum class Tag : std::uint8_t {
  integer = 0x02,
  octet_string = 0x04,
  null = 0x05,
  oid = 0x06,
  sequence = 0x30,
  set = 0x31,
  context_0 = 0xA0,
  context_1 = 0xA1,
  context_4 = 0xA4,
};

Bytes element(Tag tag, ByteView content);
Bytes element(Tag tag, std::initializer_list<ByteView> parts);
Bytes small_integer(std::uint8_t value);  ///< [0, 127]

/// SET OF under `tag`: the elements sorted by their encodings.
Bytes set_of(Tag tag, std::vector<Bytes> elements);

}  // namespace refledger::seal::der
