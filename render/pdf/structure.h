// libqpdf's part: what makes libharu's page a PDF/A-3b and PDF/UA-1 file, and the empty signature.
//
// Errors   malformed: a skeleton that libqpdf does not take
// Source   ISO 19005-3 §6; ISO 14289-1 §7; ISO 32000-1 §12.8 (signatures), §14.7 (structure)
#pragma once

#include "render/pdf/page.h"

namespace refledger::pdf {

Result<Prepared> with_structure(const Bytes& skeleton, const Page& page, const Document& document,
                                ByteView colour_profile, std::size_t reserve);

/// The XMP packet: title, language, dates, producer, and the two standards' marks.
std::string xmp_metadata(const Document& document);

/// What viewers show as the file's title.
std::string title_of(const Document& document);

}  // namespace refledger::pdf
