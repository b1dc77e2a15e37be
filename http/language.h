// The languages that people are spoken to in, and which of them somebody wants.
//
// Source   RFC 9110 §12.5.4 (Accept-Language)
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace refledger::http {

enum class Language { de, fr, it, en };
inline constexpr std::array kLanguages{Language::de, Language::fr, Language::it, Language::en};

const char* code_of(Language language);
std::optional<Language> language_of(std::string_view tag);  ///< "de", "de-CH"

/// `asked` where it names one of ours, else the best of Accept-Language, else English.
Language pick_language(std::string_view asked, std::string_view accept_language);

}  // namespace refledger::http
