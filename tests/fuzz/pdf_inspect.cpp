// Fuzz target: no bytes crash the reader of PDFs, and none but the sealed files themselves are
// whole: one with a signature, one with all that may stand behind it.
#include <cstdint>
#include <cstdlib>

#include "support/support.h"
#include "verify/pdf/pdf.h"

namespace {

using namespace refledger;

/// The whole files among the seeds.  Nobody here has their keys, so no mutation may pass for whole.
const Sha256& lasting() {
  static const Sha256 hash = sha256(bytes_of(test::vector_file("pdf/lasting.pdf")));
  return hash;
}
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
    require(sha256(file) == sealed() || sha256(file) == lasting());
  }
  const std::optional<std::size_t> original = verify::original_inside(file, DocumentHash{sealed()});
  if (original) require(*original < size && sha256(file.first(*original)) == sealed());
  return 0;
}
