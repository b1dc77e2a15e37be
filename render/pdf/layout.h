// Where everything stands.
//
// Errors   out_of_range: a letter of more than ten pages, a letterhead of too many lines;
//          malformed: the accent colour; as qr_modules()
#pragma once

#include "render/pdf/pdf.h"
#include "render/pdf/press.h"

namespace refledger::pdf {

Result<Layout> lay_out(const Document& document, const Fonts::State& fonts);

}  // namespace refledger::pdf
