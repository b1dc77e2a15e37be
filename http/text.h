// Letters and tokens as HTTP counts them, independent of any locale.
//
// Source   RFC 9110 §5.6.2 (token), §5.6.3 (OWS); RFC 3629 (UTF-8)
#pragma once

#include <string>
#include <string_view>

namespace refledger::http {

bool is_token(std::string_view text);  ///< one or more tchar
std::string lower(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string_view trim_blanks(std::string_view text);  ///< blanks and tabs at both ends
bool is_utf8(std::string_view text);

/// Whether the comma-separated `list` holds `token`, in any case.
bool list_holds(std::string_view list, std::string_view token);

}  // namespace refledger::http
