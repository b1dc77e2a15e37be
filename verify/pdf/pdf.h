// Is this PDF file ours, whole and unaltered?
//
// Errors   malformed: not a PDF, or none with our attachment; at most 32 MiB
// Source   docs/pdf.md; every reader limit is in verify/pdf/pdf.cpp
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::verify {

enum class PdfSignature {
  whole_file,  ///< one signature that holds and covers everything but itself
  altered,     ///< a signature that does not hold
  extended,    ///< holds for the beginning of the file, but something was added
  none,
};

struct PdfFindings {
  PdfSignature signature = PdfSignature::none;
  std::string signer;  ///< common name in the signer's certificate; a claim, not yet trusted
  std::string sd_jwt;  ///< the attachment reference.sd-jwt
  std::string link;    ///< what the QR code holds, from the link annotation; may be empty
};

Result<PdfFindings> inspect_pdf(ByteView file);

}  // namespace refledger::verify
