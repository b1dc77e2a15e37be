// The page's own words, by the letter's language.
#pragma once

#include <string>
#include <string_view>

namespace refledger::pdf {

/// "Seite 2 von 3"
std::string page_number(std::string_view language, std::size_t page, std::size_t pages);

/// Across every page of a test document.
std::string specimen_word(std::string_view language);

/// What a test document says where others say how they are signed.
std::string specimen_caption(std::string_view language);

}  // namespace refledger::pdf
