// A reference with every text in it made fit to print, or the name of the field that is not.
#pragma once

#include "render/letter/reference.h"

namespace refledger::letter {

/// Names, lines and free text through clean_text(); what is blank counts as absent.  The error
/// names the field.
Result<Reference> cleaned(Reference reference);

/// The lines of an edited section or a block, each cleaned; malformed if there is none.
Result<std::vector<std::string>> clean_lines(const std::string& text, const std::string& what);

}  // namespace refledger::letter
