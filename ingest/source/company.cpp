#include "ingest/source/company.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace refledger::ingest {
namespace {

constexpr std::array<CompanyField, 8> kFields{{
    {"name", {"Firma", "Raison sociale", "Ragione sociale", "Name of the company"}},
    {"street", {"Strasse und Nummer", "Rue et numéro", "Via e numero", "Street and number"}},
    {"postcode", {"Postleitzahl", "Code postal", "Numero postale", "Postcode"}},
    {"city", {"Ort", "Localité", "Località", "City"}},
    {"country", {"Land", "Pays", "Paese", "Country"}},
    {"uid", {"UID", "IDE", "IDI", "UID"}},
    {"vat", {"MWST-Nummer", "Numéro TVA", "Numero IVA", "VAT number"}},
    {"register_number",
     {"Handelsregisternummer", "Numéro du registre du commerce", "Numero del registro di commercio",
      "Register number"}},
}};

bool begins_with(ByteView bytes, std::string_view start) {
  return bytes.size() >= start.size() && text_of(bytes.first(start.size())) == start;
}

}  // namespace

const char* name_of(ImageType type) {
  switch (type) {
    case ImageType::png:
      return "PNG";
    case ImageType::gif:
      return "GIF";
    case ImageType::jpeg:
      return "JPEG";
  }
  std::abort();
}

std::optional<ImageType> sniff_image(ByteView bytes) {
  if (begins_with(bytes, "\x89PNG\r\n\x1a\n")) return ImageType::png;
  if (begins_with(bytes, "GIF87a") || begins_with(bytes, "GIF89a")) return ImageType::gif;
  if (begins_with(bytes, "\xff\xd8\xff")) return ImageType::jpeg;
  return std::nullopt;
}

const Value<std::string>* Company::field(std::string_view name) const {
  const auto found = fields.find(name);
  return found == fields.end() ? nullptr : &found->second;
}

std::span<const CompanyField> company_fields() { return kFields; }

}  // namespace refledger::ingest
