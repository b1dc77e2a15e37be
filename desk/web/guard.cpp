#include "desk/web/guard.h"

#include <algorithm>
#include <array>

#include "http/text.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"

namespace refledger::site {
namespace {

constexpr std::size_t kFormToken = 32;

std::string_view host_of(std::string_view origin) { return origin.substr(origin.find("://") + 3); }

}  // namespace

std::optional<std::string> origin_of(const http::Request& request,
                                     const std::vector<std::string>& origins) {
  for (const std::string& origin : origins) {
    if (http::equal_ignoring_case(request.header("host"), host_of(origin))) return origin;
  }
  return std::nullopt;
}

bool comes_from(const http::Request& request, const std::string& origin) {
  const std::string_view site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin") return false;
  const std::string_view told = request.header("origin");
  if (!told.empty()) return told == origin;
  const std::string_view referer = request.header("referer");
  if (!referer.empty()) return referer == origin || referer.starts_with(origin + "/");
  return !site.empty();
}

std::optional<std::string> cookie(const http::Request& request, std::string_view name) {
  std::optional<std::string> found;
  std::string_view rest = request.header("cookie");
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string_view pair = http::trim_blanks(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    if (found) return std::nullopt;
    found = pair.substr(equals + 1);
  }
  return found;
}

std::string cookie_name(const std::string& origin) {
  return origin.starts_with("https://") ? "__Host-refledger" : "refledger";
}

std::string cookie_header(const std::string& origin, const std::string& token) {
  const bool secure = origin.starts_with("https://");
  return cookie_name(origin) + "=" + token + "; Path=/; HttpOnly; SameSite=Lax" +
         (secure ? "; Secure" : "");
}

std::string csrf_token(std::string_view cookie_token) {
  return to_base64url(hmac_sha256(bytes_of(cookie_token), bytes_of("refledger form")));
}

std::string draw_form_token(Random& random) {
  std::array<std::uint8_t, kFormToken / 2> drawn{};
  random.fill(drawn);
  return to_hex(drawn);
}

bool is_form_token(std::string_view text) {
  return text.size() == kFormToken && std::ranges::all_of(text, [](char letter) {
           return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
         });
}

}  // namespace refledger::site
