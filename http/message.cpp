// Requests' and responses' parts that are the same on every connection.
#include "http/message.h"

#include <algorithm>
#include <array>

#include "http/text.h"

namespace refledger::http {
namespace {

// What frames the message or belongs to the connection is the server's to say.
constexpr std::array<std::string_view, 8> kServersOwn = {"connection", "content-length",   "date",
                                                         "keep-alive", "server",           "te",
                                                         "trailer",    "transfer-encoding"};

bool clean_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
  });
}

bool may_set(std::string_view name, std::string_view value) {
  if (!is_token(name) || !clean_value(value)) return false;
  return std::find(kServersOwn.begin(), kServersOwn.end(), lower(name)) == kServersOwn.end();
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The byte of `%41` at `at`; 0 if it is none.
char escaped_byte(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return '\0';
  const int high = hex_digit(text[at + 1]);
  const int low = hex_digit(text[at + 2]);
  return high < 0 || low < 0 ? '\0' : static_cast<char>(high * 16 + low);
}

}  // namespace

std::string_view Request::header(std::string_view lower_case_name) const {
  const auto found = headers.find(std::string(lower_case_name));
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

Response::Response(unsigned status, std::string_view content_type, std::string body)
    : Response(status, content_type, std::make_shared<const std::string>(std::move(body))) {}

Response::Response(unsigned status, std::string_view content_type,
                   std::shared_ptr<const std::string> body)
    : status_(status), body_(std::move(body)) {
  if (!content_type.empty()) set("Content-Type", content_type);
}

bool Response::set(std::string_view name, std::string_view value) {
  if (!may_set(name, value)) return false;
  std::erase_if(headers_, [&](const auto& had) { return equal_ignoring_case(had.first, name); });
  headers_.emplace_back(name, value);
  return true;
}

bool Response::add(std::string_view name, std::string_view value) {
  if (!may_set(name, value)) return false;
  headers_.emplace_back(name, value);
  return true;
}

const std::string& Response::body() const {
  static const std::string empty;
  return body_ ? *body_ : empty;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      c = escaped_byte(text, at);
      at += 2;
    } else if (c == '+' && plus_is_blank) {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    decoded += c;
  }
  if (!is_utf8(decoded)) return std::nullopt;
  return decoded;
}

std::optional<std::vector<std::pair<std::string, std::string>>> form_pairs(std::string_view form) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!form.empty()) {
    const std::string_view pair = form.substr(0, form.find('&'));
    form.remove_prefix(std::min(pair.size() + 1, form.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return std::nullopt;
    pairs.emplace_back(std::move(*name), std::move(*value));
  }
  return pairs;
}

std::optional<std::string> form_value(std::string_view form, std::string_view name) {
  const auto pairs = form_pairs(form);
  if (!pairs) return std::nullopt;
  std::optional<std::string> found;
  for (const auto& [key, value] : *pairs) {
    if (key != name) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

}  // namespace refledger::http
