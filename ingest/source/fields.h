// The reference fields that a custom attribute of an HR system can be mapped to.
//
// Errors   malformed: the text is not of the field's type; the reason never holds the text
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ledger/core/result.h"

namespace refledger::ingest {

enum class FieldType {
  text,
  word,        ///< one of a few, out: lower case
  date,        ///< out: 2026-09-30
  email,       ///< as it is
  country,     ///< two letters, out: upper case (ISO 3166-1)
  language,    ///< two letters, out: lower case (ISO 639-1)
  percentage,  ///< above 0 up to 100, out: "80", "62.5"
};
const char* name_of(FieldType type);

struct Wording {
  std::string_view de;
  std::string_view fr;
  std::string_view it;
  std::string_view en;
};

struct ReferenceField {
  std::string_view name;  ///< "private_email": in settings and in Person::mapped
  FieldType type;
  Wording label;
  Wording purpose;  ///< one sentence
};

/// All of them, in the order in which they are shown.
std::span<const ReferenceField> reference_fields();
const ReferenceField* find_field(std::string_view name);  ///< null: there is none

/// Whether an attribute of the HR system's `type` ("standard", "date", "list", "decimal" …) can
/// hold what the field needs.
bool fits(FieldType field, std::string_view attribute_type);

/// `text`, which is one line and not empty, as the field holds it.
Result<std::string> to_field(const ReferenceField& field, std::string_view text);

}  // namespace refledger::ingest
