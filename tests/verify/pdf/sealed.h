// A sealed file of ours, and what inspect_pdf says of a file, in a word.
#pragma once

#include "render/seal/seal.h"
#include "support/letters.h"
#include "verify/pdf/pdf.h"

namespace refledger::verify {

inline UtcMillis now() { return *parse_time("2026-11-02T08:00:00.000Z", "now"); }

inline const seal::DemonstrationCa& authority() {
  static const seal::DemonstrationCa made =
      *seal::make_demonstration_ca("Nordlicht Instrumente AG", now());
  return made;
}

inline seal::DocumentKey key() {
  return *seal::DocumentKey::from_pem(authority().key_pem, authority().chain_pem);
}

inline const pdf::Prepared& prepared() {
  static const pdf::Prepared made =
      *pdf::render(test::document_of(test::confirmation()), test::fonts());
  return made;
}

inline const std::string& original() {
  static const std::string made(text_of(
      *seal::sign_pdf(prepared().file, prepared().contents_begin, prepared().contents_end, key())));
  return made;
}

// The verdict in a word.
inline std::string verdict(std::string_view file) {
  const Result<PdfFindings> findings = inspect_pdf(bytes_of(file));
  if (!findings) return name_of(findings.error().fault);
  switch (findings->signature) {
    case PdfSignature::whole_file:
      return "whole";
    case PdfSignature::altered:
      return "altered";
    case PdfSignature::extended:
      return "extended";
    case PdfSignature::none:
      return "none";
  }
  std::abort();
}

}  // namespace refledger::verify
