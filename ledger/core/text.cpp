#include "ledger/core/text.h"

#include <algorithm>
#include <array>

namespace refledger {
namespace {

struct Lead {
  std::size_t length;  // of the whole sequence; 0 where no sequence begins so
  char32_t bits;
  char32_t least;  // a smaller code point is an overlong form
};

Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if (byte >= 0xc2 && byte < 0xe0) return {2, byte & 0x1fu, 0x80};
  if (byte >= 0xe0 && byte < 0xf0) return {3, byte & 0x0fu, 0x800};
  if (byte >= 0xf0 && byte < 0xf5) return {4, byte & 0x07u, 0x10000};
  return {0, 0, 0};
}

bool is_scalar(char32_t point) { return point < 0xd800 || (point > 0xdfff && point < 0x110000); }

}  // namespace

std::optional<std::u32string> decode_utf8(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const Lead lead = lead_of(static_cast<unsigned char>(text[at]));
    if (lead.length == 0 || text.size() - at < lead.length) return std::nullopt;
    char32_t point = lead.bits;
    for (std::size_t i = 1; i < lead.length; ++i) {
      const auto byte = static_cast<unsigned char>(text[at + i]);
      if ((byte & 0xc0) != 0x80) return std::nullopt;
      point = (point << 6) | (byte & 0x3fu);
    }
    if (point < lead.least || !is_scalar(point)) return std::nullopt;
    out += point;
    at += lead.length;
  }
  return out;
}

bool is_unicode_space(char32_t point) {
  static constexpr std::array<char32_t, 9> single{0x20,   0x85,   0xa0,   0x1680, 0x2028,
                                                  0x2029, 0x202f, 0x205f, 0x3000};
  return (point >= 0x09 && point <= 0x0d) || (point >= 0x2000 && point <= 0x200a) ||
         std::find(single.begin(), single.end(), point) != single.end();
}

bool is_hidden_control(char32_t point) {
  return point < 0x20 || (point >= 0x7f && point < 0xa0) || (point >= 0x2028 && point <= 0x202e) ||
         (point >= 0x2066 && point <= 0x2069);
}

bool is_one_line(std::string_view text) {
  const std::optional<std::u32string> points = decode_utf8(text);
  return points && std::none_of(points->begin(), points->end(), is_hidden_control);
}

Result<std::uint64_t> from_decimal(std::string_view text, std::string_view what) {
  const Error bad{Fault::malformed, std::string(what) + ": a decimal number expected"};
  if (text.empty() || text.size() > 19 || (text.size() > 1 && text[0] == '0')) return bad;
  std::uint64_t value = 0;  // 19 digits stay below 2^64
  for (const char c : text) {
    if (c < '0' || c > '9') return bad;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (value > kMaxDecimal) return bad;
  return value;
}

std::optional<std::string_view> take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

}  // namespace refledger
