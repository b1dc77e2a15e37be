// What is added to a signed file before anybody gets it: a second signature, validation data, a
// timestamp over everything.  Each covers all that was there before.
//
// Shape    Incremental updates, in this order; pdf::render must have left the fields for them
//          (pdf::Additions).
// Errors   malformed (a file not made for it), out_of_range (no space), upstream (the authority)
// Source   docs/pdf.md
#pragma once

#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "render/seal/timestamp.h"

namespace refledger::seal {

/// As pdf::Prepared: /ByteRange is final, /Contents is filled with zeros.
struct Place {
  Bytes file;
  std::size_t contents_begin = 0;
  std::size_t contents_end = 0;
};

/// The place of the second signatory's signature: for sign_pdf, or prepare and assemble.
Result<Place> open_second(ByteView file, std::size_t reserve);

/// What shows for decades that the certificates were good: all DER.
struct ValidationData {
  std::vector<Bytes> certificates;
  std::vector<Bytes> answers;  ///< OCSPResponse
  std::vector<Bytes> lists;    ///< CertificateList
};

/// PAdES B-LT, of a file whose signatures carry timestamps.
Result<Bytes> with_validation_data(ByteView file, const ValidationData& data);

/// PAdES B-LTA.
Result<Bytes> with_archive_timestamp(ByteView file, Timestamper& authority);

}  // namespace refledger::seal
