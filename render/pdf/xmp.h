// The metadata packet.
//
// Source   ISO 16684-1 (XMP); ISO 19005-3 §6.6; ISO 14289-1 §5
#pragma once

#include "render/pdf/pdf.h"

namespace refledger::pdf {

/// Title, language, dates, producer, and the two standards' marks.
std::string xmp_metadata(const Document& document);

/// What viewers show as the file's title: kind of document and issuer, no person's name.
std::string title_of(const Document& document);

}  // namespace refledger::pdf
