#include "verify/web/headers.h"

#include <algorithm>

namespace refledger::web {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

bool has(const http::Response& response, std::string_view name) {
  return std::ranges::any_of(response.headers(),
                             [&](const auto& header) { return header.first == name; });
}

}  // namespace

void add_common_headers(http::Response& response, Page page, const std::string& public_url) {
  if (!has(response, "Content-Security-Policy")) response.set("Content-Security-Policy", kPolicy);
  if (!has(response, "Cache-Control")) never_store(response);
  response.set("Referrer-Policy", "no-referrer");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("X-Robots-Tag", "noindex");
  response.set("Cross-Origin-Opener-Policy", "same-origin");
  if (open_to_other_sites(page)) {
    response.set("Access-Control-Allow-Origin", "*");
  } else {
    response.set("Cross-Origin-Resource-Policy", "same-origin");
  }
  if (public_url.starts_with("https://")) {
    response.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  }
}

http::Response json_response(unsigned status, std::string body) {
  return {status, "application/json", std::move(body)};
}

http::Response html_response(unsigned status, std::string body) {
  return {status, "text/html; charset=utf-8", std::move(body)};
}

void never_store(http::Response& response) { response.set("Cache-Control", "no-store"); }

void store_for(http::Response& response, unsigned seconds) {
  response.set("Cache-Control", "public, max-age=" + std::to_string(seconds));
}

void store_for_ever(http::Response& response) {
  response.set("Cache-Control", "public, max-age=31536000, immutable");
}

}  // namespace refledger::web
