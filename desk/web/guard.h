// What makes a browser's request believable: its host, its origin, its cookies, its token.
//
// Source   OWASP ASVS 5.0, 3.3 (cookies), 3.5 (CSRF); W3C Fetch Metadata
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "ledger/core/random.h"

namespace refledger::site {

/// Which of `origins` the request's Host names.
std::optional<std::string> origin_of(const http::Request& request,
                                     const std::vector<std::string>& origins);

/// Whether the browser says that a page of `origin` itself sent it.
bool comes_from(const http::Request& request, const std::string& origin);

/// The one of that name; nothing if there is none, or two.
std::optional<std::string> cookie(const http::Request& request, std::string_view name);

/// "__Host-refledger", or "refledger" on a loopback address without TLS, where a browser would
/// keep no cookie of the other name.
std::string cookie_name(const std::string& origin);
std::string cookie_header(const std::string& origin, const std::string& token);

/// The token that a form must hold, of the cookie's: it tells nothing about it.
std::string csrf_token(std::string_view cookie_token);

/// What a form is known by when it comes twice: 16 bytes in hex.
std::string draw_form_token(Random& random);
bool is_form_token(std::string_view text);

}  // namespace refledger::site
