// Is this PDF file ours, whole and unaltered?
//
// Shape    Only files as render writes them are read: a classic cross-reference table, and one
//          signature by ECDSA P-256 or RSA without signing-time that covers its revision but for
//          itself and may carry a timestamp.  Behind it nothing, or what that revision has ready: a
//          second signature, validation data, a timestamp over everything (updates.h).  Everything
//          else is "not ours", however valid a PDF it may be.
// Errors   malformed: not a PDF, or none with our attachment; out_of_range: over 32 MiB
// Source   docs/pdf.md; every reader limit is in verify/pdf/limits.h
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::verify {

enum class PdfSignature {
  whole_file,  ///< every signature holds, and nothing is there but they and what belongs to them
  altered,     ///< a signature that does not hold, or one that is missing
  extended,    ///< holds for the beginning of the file, but something was added
  none,
};

struct PdfFindings {
  PdfSignature signature = PdfSignature::none;
  std::string signer;        ///< common name in the signer's certificate; a claim, not yet trusted
  Bytes signer_certificate;  ///< DER; for callers that pin it
  bool stamped = false;      ///< carries an authority's timestamp over the signature
  std::optional<UtcMillis> stamped_at;  ///< its time, where the authority is trusted
  std::string second_signer;            ///< of two signatories, the one who signed last
  Bytes second_certificate;             ///< DER
  bool validation_data = false;  ///< carries what authorities said of the certificates (B-LT)
  bool archived = false;         ///< and a timestamp over everything (B-LTA)
  std::optional<UtcMillis> archived_at;  ///< its time, where the authority is trusted
  std::string sd_jwt;                    ///< the attachment reference.sd-jwt
  std::string link;  ///< what the QR code holds, from the link annotation; may be empty
};

/// Of an extended file, everything is taken from the signed beginning, nothing from the addition.
/// `timestamp_authorities`: the certificates (DER) that timestamps must lead to for their time to
/// be believed.
Result<PdfFindings> inspect_pdf(ByteView file,
                                const std::vector<Bytes>& timestamp_authorities = {});

/// The length of the beginning of `file` whose SHA-256 is `document`: a prefix that ends after an
/// end-of-file mark, shorter than the file.  "The original is inside."
std::optional<std::size_t> original_inside(ByteView file, const DocumentHash& document);

}  // namespace refledger::verify
