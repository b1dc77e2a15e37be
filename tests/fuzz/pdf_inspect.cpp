// Fuzz target: no bytes crash the reader of PDFs, and none but the sealed file itself is whole.
#include <cstdint>
#include <cstdlib>

#include "support/support.h"
#include "verify/pdf/pdf.h"

namespace {

using namespace refledger;

/// The one whole file among the seeds.  Nobody here has its key, so no mutation may pass for whole.
const Sha256& sealed() {
  static const Sha256 hash = sha256(bytes_of(test::vector_file("pdf/sealed.pdf")));
  return hash;
}

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView file(data, size);
  const Result<verify::PdfFindings> findings = verify::inspect_pdf(file);
  if (findings && findings->signature == verify::PdfSignature::whole_file) {
    require(sha256(file) == sealed());
  }
  const std::optional<std::size_t> original = verify::original_inside(file, DocumentHash{sealed()});
  if (original) require(*original < size && sha256(file.first(*original)) == sealed());
  return 0;
}
