// libqpdf's part: what makes libharu's pages a PDF/A-3a and PDF/UA-1 file, and the empty signature.
//
// Errors   malformed: a skeleton that libqpdf does not take
// Source   ISO 19005-3 §6; ISO 14289-1 §7
#pragma once

#include "render/pdf/codes.h"
#include "render/pdf/pdf.h"
#include "render/pdf/press.h"

namespace refledger::pdf {

Result<Prepared> with_structure(const Bytes& skeleton, const Layout& layout,
                                const CodesByStyle& codes, const Document& document,
                                const Fonts::State& fonts, std::size_t reserve);

}  // namespace refledger::pdf
