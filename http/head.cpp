// The head of a request, judged byte by byte.
//
// Order    Syntax before meaning: a line that is not what the grammar says is 400, whatever else
//          it would be.
#include "http/head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "http/text.h"

namespace refledger::http {
namespace {

using MaybeRefusal = std::optional<Refusal>;

constexpr std::string_view kLineEnd = "\r\n";

constexpr std::array<std::string_view, 7> kMethods = {"GET",    "HEAD",    "POST", "PUT",
                                                      "DELETE", "OPTIONS", "PATCH"};

// Headers that are lists by definition: repeating one is the same as a comma (RFC 9110 §5.3).
constexpr std::array<std::string_view, 17> kLists = {"accept",
                                                     "accept-charset",
                                                     "accept-encoding",
                                                     "accept-language",
                                                     "access-control-request-headers",
                                                     "cache-control",
                                                     "connection",
                                                     "forwarded",
                                                     "if-match",
                                                     "if-none-match",
                                                     "pragma",
                                                     "prefer",
                                                     "upgrade",
                                                     "via",
                                                     "warning",
                                                     "x-forwarded-for",
                                                     "trailer"};

template <class List>
bool holds(const List& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_value_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
}

// '#' starts a fragment, which no correct client sends; the others belong in no address at all.
bool is_target_byte(char c) {
  return c > 0x20 && c < 0x7F && std::string_view("#\"<>\\").find(c) == std::string_view::npos;
}

struct RequestLine {
  std::string_view method;
  std::string_view target;
  bool version_1_0 = false;
};

/// `HTTP/1.1`: true for 1.0.
std::variant<bool, Refusal> parse_version(std::string_view text) {
  const bool well_formed = text.size() == 8 && text.starts_with("HTTP/") && is_digit(text[5]) &&
                           text[6] == '.' && is_digit(text[7]);
  if (!well_formed) return Refusal{400, "request line"};
  if (text[5] != '1' || text[7] > '1') return Refusal{505, "HTTP version"};
  return text[7] == '0';
}

MaybeRefusal judge_method(std::string_view method) {
  if (!is_token(method)) return Refusal{400, "method"};
  if (method == "TRACE" || method == "CONNECT") return Refusal{405, "method"};
  if (!holds(kMethods, method)) return Refusal{501, "method"};
  return std::nullopt;
}

MaybeRefusal judge_target(std::string_view target, const Limits& limits) {
  if (target.empty()) return Refusal{400, "request target"};
  if (target.size() > limits.target_bytes) return Refusal{414, "request target"};
  if (!std::all_of(target.begin(), target.end(), is_target_byte)) return Refusal{400, "target"};
  return std::nullopt;
}

std::variant<RequestLine, Refusal> parse_request_line(std::string_view line, const Limits& limits) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return Refusal{400, "request line"};
  RequestLine parsed{line.substr(0, first), line.substr(first + 1, last - first - 1), false};
  const auto version = parse_version(line.substr(last + 1));
  if (const auto* refusal = std::get_if<Refusal>(&version)) return *refusal;
  parsed.version_1_0 = std::get<bool>(version);
  if (MaybeRefusal refusal = judge_method(parsed.method)) return *refusal;
  if (MaybeRefusal refusal = judge_target(parsed.target, limits)) return *refusal;
  return parsed;
}

MaybeRefusal add_header(std::string_view line, std::map<std::string, std::string>& headers) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return Refusal{400, "header without colon"};
  // A blank before the colon, or one that starts the line (obs-fold), makes the name no token.
  if (!is_token(line.substr(0, colon))) return Refusal{400, "header name"};
  const std::string_view value = trim_blanks(line.substr(colon + 1));
  if (!std::all_of(value.begin(), value.end(), is_value_byte)) return Refusal{400, "header value"};
  const auto [had, added] = headers.emplace(lower(line.substr(0, colon)), value);
  if (added) return std::nullopt;
  if (!holds(kLists, had->first)) return Refusal{400, "repeated header"};
  had->second.append(", ").append(value);
  return std::nullopt;
}

MaybeRefusal add_headers(std::string_view lines, const Limits& limits,
                         std::map<std::string, std::string>& headers) {
  for (std::size_t count = 0; !lines.empty(); ++count) {
    if (count == limits.headers) return Refusal{431, "too many headers"};
    const std::size_t end = lines.find(kLineEnd);
    if (MaybeRefusal refusal = add_header(lines.substr(0, end), headers)) return refusal;
    lines.remove_prefix(end + kLineEnd.size());
  }
  return std::nullopt;
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_host_byte(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
         c == '_';
}

/// `name`, `name:port`, `[IPv6]` or `[IPv6]:port`.
bool is_host(std::string_view text) {
  std::string_view rest = text;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || end < 3) return false;
    const std::string_view address = text.substr(1, end - 1);
    if (address.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos)
      return false;
    rest = text.substr(end + 1);
  } else {
    const auto end = std::find_if_not(text.begin(), text.end(), is_host_byte);
    if (end == text.begin()) return false;
    rest = std::string_view(end, text.end());
  }
  return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
}

MaybeRefusal judge_host(const Head& head) {
  const auto found = head.request.headers.find("host");
  if (found == head.request.headers.end()) {
    if (head.version_1_0) return std::nullopt;
    return Refusal{400, "Host is missing"};
  }
  if (!is_host(found->second)) return Refusal{400, "Host"};
  return std::nullopt;
}

/// The origin form of `target`, or nothing if it names another server than Host does.
std::optional<std::string_view> origin_form(std::string_view target, const Request& request) {
  if (target.front() == '/') return target;
  if (target == "*" && request.method == "OPTIONS") return target;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    const std::string_view authority = target.substr(0, end);
    if (authority.empty() || !equal_ignoring_case(authority, request.header("host"))) break;
    return end < target.size() && target[end] == '/' ? target.substr(end) : "/";
  }
  return std::nullopt;
}

MaybeRefusal set_target(std::string_view target, Request& request) {
  const std::optional<std::string_view> origin = origin_form(target, request);
  if (!origin) return Refusal{400, "request target is not ours"};
  const std::size_t mark = std::min(origin->find('?'), origin->size());
  request.path = origin->substr(0, mark);
  request.query = origin->substr(std::min(mark + 1, origin->size()));
  return std::nullopt;
}

/// Decimal digits without sign, blank or leading zero.
MaybeRefusal set_length(std::string_view text, Head& head) {
  const bool decimal = !text.empty() && text.size() <= 18 &&
                       std::all_of(text.begin(), text.end(), is_digit) &&
                       (text.size() == 1 || text.front() != '0');
  if (!decimal) return Refusal{400, "Content-Length"};
  std::from_chars(text.data(), text.data() + text.size(), head.length);
  head.framing = Framing::length;
  return std::nullopt;
}

bool needs_length(const std::string& method) {
  return method == "POST" || method == "PUT" || method == "PATCH";
}

/// Where the body ends: there must be one answer, and only one.  Source: RFC 9112 §6.3.
MaybeRefusal set_framing(const Limits& limits, Head& head) {
  const auto& headers = head.request.headers;
  const auto length = headers.find("content-length");
  const auto coding = headers.find("transfer-encoding");
  if (coding != headers.end()) {
    if (length != headers.end()) return Refusal{400, "Content-Length and Transfer-Encoding"};
    if (head.version_1_0 || coding->second != "chunked") return Refusal{400, "Transfer-Encoding"};
    head.framing = Framing::chunked;
    return std::nullopt;
  }
  if (length == headers.end()) {
    if (needs_length(head.request.method)) return Refusal{411, "no Content-Length"};
    return std::nullopt;
  }
  if (MaybeRefusal refusal = set_length(length->second, head)) return refusal;
  if (head.length > limits.body_bytes) return Refusal{413, "body too long"};
  return std::nullopt;
}

MaybeRefusal set_expectation(Head& head) {
  const auto found = head.request.headers.find("expect");
  if (found == head.request.headers.end()) return std::nullopt;
  if (!equal_ignoring_case(found->second, "100-continue")) return Refusal{417, "Expect"};
  head.expects_continue = !head.version_1_0;
  return std::nullopt;
}

bool is_token_list(std::string_view list) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view element = trim_blanks(list.substr(0, comma));
    if (!element.empty() && !is_token(element)) return false;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return true;
}

MaybeRefusal set_persistence(Head& head) {
  const std::string_view connection = head.request.header("connection");
  if (!is_token_list(connection) || !is_token_list(head.request.header("proxy-connection"))) {
    return Refusal{400, "Connection"};
  }
  head.keep_alive = !list_holds(connection, "close") &&
                    (!head.version_1_0 || list_holds(connection, "keep-alive"));
  return std::nullopt;
}

Refusal too_long(std::string_view received) {
  const bool in_first_line = received.find(kLineEnd) == std::string_view::npos;
  return in_first_line ? Refusal{414, "request line too long"} : Refusal{431, "head too long"};
}

}  // namespace

std::variant<std::size_t, Refusal> find_head_end(std::string_view received, std::size_t seen,
                                                 const Limits& limits) {
  for (std::size_t at = seen; at < received.size() && at < limits.head_bytes; ++at) {
    if (received[at] == '\0') return Refusal{400, "NUL"};
    if (received[at] != '\n') continue;
    if (at == 0 || received[at - 1] != '\r') return Refusal{400, "bare line feed"};
    if (at == 1) return Refusal{400, "empty line before the request"};
    if (at >= 3 && received.substr(at - 3, 2) == kLineEnd) return at + 1;
  }
  if (received.size() >= limits.head_bytes) return too_long(received.substr(0, limits.head_bytes));
  return std::size_t{0};
}

std::variant<Head, Refusal> check_head(std::string_view head, const Limits& limits) {
  const std::size_t line_end = head.find(kLineEnd);
  if (line_end == std::string_view::npos || !head.ends_with("\r\n\r\n")) {
    return Refusal{400, "head without end"};
  }
  const auto line = parse_request_line(head.substr(0, line_end), limits);
  if (const auto* refusal = std::get_if<Refusal>(&line)) return *refusal;
  const RequestLine& first = std::get<RequestLine>(line);
  Head made;
  made.request.method = first.method;
  made.version_1_0 = first.version_1_0;
  std::string_view lines = head.substr(line_end + kLineEnd.size());
  lines.remove_suffix(kLineEnd.size());
  MaybeRefusal refusal = add_headers(lines, limits, made.request.headers);
  if (!refusal) refusal = judge_host(made);
  if (!refusal) refusal = set_target(first.target, made.request);
  if (!refusal) refusal = set_framing(limits, made);
  if (!refusal) refusal = set_expectation(made);
  if (!refusal) refusal = set_persistence(made);
  if (refusal) return *refusal;
  return made;
}

}  // namespace refledger::http
