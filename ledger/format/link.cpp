#include "ledger/format/link.h"

#include <algorithm>

#include "ledger/core/encoding.h"
#include "ledger/core/text.h"

namespace refledger::format {
namespace {

constexpr std::size_t kMaxHost = 253;  // RFC 1035 §2.3.4
constexpr std::size_t kTextLength = 26;

Error bad(const char* why) { return {Fault::malformed, std::string("link: ") + why}; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

template <class Fold>
std::string folded(std::string_view text, Fold fold) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), fold);
  return out;
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

bool is_host(std::string_view host) {
  if (host.size() > kMaxHost) return false;
  while (true) {
    const std::size_t dot = host.find('.');
    if (!is_label(host.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    host.remove_prefix(dot + 1);
  }
}

Result<void> check_authority(std::string_view authority, bool secure) {
  const std::size_t colon = authority.find(':');
  const std::string_view host = authority.substr(0, colon);
  if (!is_host(host)) return bad("host");
  if (!secure && host != "localhost" && host != "127.0.0.1") return bad("https expected");
  if (colon == std::string_view::npos) return {};
  const Result<std::uint64_t> port = from_decimal(authority.substr(colon + 1), "link: port");
  if (!port) return port.error();
  if (*port == 0 || *port > 65535 || *port == (secure ? 443 : 80)) return bad("port");
  return {};
}

template <class Fixed>
Result<Fixed> parse_fixed(std::string_view text, const char* what) {
  if (text.size() != kTextLength) return bad("26 characters expected");
  const Result<Bytes> bytes = from_base32(text, what);
  if (!bytes) return bytes.error();
  const std::optional<Fixed> fixed = Fixed::from(*bytes);
  if (!fixed) return bad("26 characters expected");
  return *fixed;
}

// What a person may have typed or an optical reader may have seen, as the character meant.
char meant(char c) {
  c = upper(c);
  if (c == 'I' || c == 'L') return '1';
  return c == 'O' ? '0' : c;
}

std::string format_with(const Link& link, std::string_view path) {
  std::string out = link.base + std::string(path) + to_base32(link.id.view());
  if (link.secret) out += "#" + to_base32(link.secret->view());
  return out;
}

}  // namespace

Result<std::string> parse_base(std::string_view text) {
  std::string base = folded(text, lower);
  const bool secure = base.starts_with("https://");
  if (!secure && !base.starts_with("http://")) return bad("begins with https://");
  const Result<void> authority =
      check_authority(std::string_view(base).substr(secure ? 8 : 7), secure);
  if (!authority) return authority.error();
  return base;
}

std::string format_qr_text(const Link& link) { return folded(format_with(link, "/v/"), upper); }

std::string format_link(const Link& link) { return format_with(link, "/v/"); }

Result<Link> parse_link(std::string_view text) {
  const std::size_t scheme = text.find("://");
  const std::size_t path = scheme == std::string_view::npos ? scheme : text.find('/', scheme + 3);
  if (path == std::string_view::npos) return bad("https://HOST/v/... expected");
  Result<std::string> base = parse_base(text.substr(0, path));
  if (!base) return base.error();
  std::string_view rest = text.substr(path);
  if (folded(rest.substr(0, 3), lower) != "/v/") return bad("https://HOST/v/... expected");
  rest.remove_prefix(3);
  const std::size_t hash = rest.find('#');
  const Result<ReferenceId> id = parse_fixed<ReferenceId>(rest.substr(0, hash), "link: number");
  if (!id) return id.error();
  Link link{*std::move(base), *id, std::nullopt};
  if (hash == std::string_view::npos) return link;
  const Result<LinkSecret> secret =
      parse_fixed<LinkSecret>(rest.substr(hash + 1), "link: second half");
  if (!secret) return secret.error();
  link.secret = *secret;
  return link;
}

std::string format_id(const ReferenceId& id) { return to_base32(id.view()); }

Result<ReferenceId> parse_id(std::string_view text) {
  return parse_fixed<ReferenceId>(text, "reference number");
}

std::string format_typed(ByteView sixteen_bytes) {
  std::string code = to_base32(sixteen_bytes);
  code += check_symbol(code);
  std::string out;
  for (std::size_t at = 0; at < code.size(); at += 4) {
    if (at > 0) out += ' ';
    out += code.substr(at, 4);
  }
  return out;
}

Result<Bytes> parse_typed(std::string_view text) {
  if (text.size() > 128) return bad("27 characters expected");
  std::string code;
  for (const char c : text) {
    if (c != ' ' && c != '-') code += meant(c);
  }
  if (code.size() != kTextLength + 1) return bad("27 characters expected");
  const std::string_view digits = std::string_view(code).substr(0, kTextLength);
  Result<Bytes> bytes = from_base32(digits, "link: typing error");
  if (!bytes || check_symbol(digits) != code.back()) return bad("typing error");
  return bytes;
}

}  // namespace refledger::format
