// Small operations on UTF-8 text; clean_text() is in letter.h.
#pragma once

#include <string>

namespace refledger::letter {

/// With its first letter as a capital.
std::string capitalised(std::string text);

/// With every non-breaking blank made an ordinary one: for comparing with typed text.
std::string without_fine_blanks(std::string text);

}  // namespace refledger::letter
