// Whether a reference says what its type must say, and nothing that it must not.
//
// Errors   malformed: "FIELD: missing", or a value that cannot be
//          refused: "FIELD: ..." what the type does not allow, or only with a ground
#pragma once

#include "render/letter/pack.h"

namespace refledger::letter {

/// Whether `reference` says anything in `field`, one of field_names().
bool says(const Reference& reference, const DocumentType& type, std::string_view field);

/// Dates that exist and follow one another, grades from 1 to 5, at most two signatories.
Result<void> check_values(const Reference& reference);

/// The rules of the type: fields, criteria and the lowest grade.
Result<void> check_rules(const Reference& reference, const DocumentType& type);

}  // namespace refledger::letter
