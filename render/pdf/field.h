// The empty signature: an invisible field, and its place in the finished file.
//
// Errors   malformed: the place is not found
// Source   ISO 32000-1 §12.7.4.5, §12.8; ETSI EN 319 142-1 §6.3
#pragma once

#include "render/pdf/objects.h"
#include "render/pdf/pdf.h"

namespace refledger::pdf {

/// Adds the field to `page`, with `reserve` bytes for the signature.
void add_signature_field(QPDF& pdf, Object page, const Document& document, std::size_t reserve);

/// The written file with its final /ByteRange.
Result<Prepared> with_byte_range(Bytes file, std::size_t reserve);

}  // namespace refledger::pdf
