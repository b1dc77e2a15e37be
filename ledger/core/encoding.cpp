#include "ledger/core/encoding.h"

#include <algorithm>
#include <array>

namespace refledger {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kBase32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kCheck = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

// What each character stands for; kNone for those that are no digits.
constexpr std::uint8_t kNone = 0xff;
using Values = std::array<std::uint8_t, 256>;
constexpr Values values_of(std::string_view alphabet) {
  Values values{};
  values.fill(kNone);
  for (std::size_t digit = 0; digit < alphabet.size(); ++digit) {
    values[static_cast<std::uint8_t>(alphabet[digit])] = static_cast<std::uint8_t>(digit);
  }
  return values;
}
constexpr Values kHexValues = values_of(kHex);
constexpr Values kBase64Values = values_of(kBase64);
constexpr Values kBase64urlValues = values_of(kBase64url);
constexpr Values kBase32Values = values_of(kBase32);

// Digits of `width` bits each, most significant first; the last one filled up with zero bits.
std::string to_digits(ByteView bytes, std::string_view alphabet, unsigned width) {
  std::string out;
  out.reserve((bytes.size() * 8 + width - 1) / width);
  unsigned held = 0;
  std::uint32_t bits = 0;
  for (const std::uint8_t byte : bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= width) {
      held -= width;
      out += alphabet[(bits >> held) & ((1u << width) - 1)];
    }
    bits &= (1u << held) - 1;
  }
  if (held > 0) out += alphabet[(bits << (width - held)) & ((1u << width) - 1)];
  return out;
}

Result<Bytes> from_digits(std::string_view text, const Values& values, unsigned width,
                          std::string_view what) {
  Bytes out(text.size() * width / 8);
  std::size_t made = 0;
  unsigned held = 0;
  std::uint32_t bits = 0;
  bool is_digits = true;
  for (const char c : text) {
    const std::uint8_t digit = values[static_cast<std::uint8_t>(c)];
    is_digits = is_digits && digit != kNone;
    bits = (bits << width) | (digit & 0x3fu);
    held += width;
    if (held < 8) continue;
    held -= 8;
    out[made++] = static_cast<std::uint8_t>((bits >> held) & 0xff);
    bits &= (1u << held) - 1;
  }
  // A character that is no digit, a digit too many, or spare bits that are not zero.
  if (!is_digits || held >= width || bits != 0) return Error{Fault::malformed, std::string(what)};
  return out;
}

// Four digits of base64 at a time, which are three bytes; from_digits reads what is left over.
// `out`: as many bytes as the text has.
bool read_quads(std::string_view text, const Values& values, std::span<std::uint8_t> out) {
  const std::size_t quads = text.size() / 4;
  const Result<Bytes> rest = from_digits(text.substr(quads * 4), values, 6, "");
  if (!rest) return false;
  std::uint32_t all = 0;  // kNone has bits that no digit has
  for (std::size_t quad = 0; quad < quads; ++quad) {
    const auto digit = [&](std::size_t at) -> std::uint32_t {
      return values[static_cast<std::uint8_t>(text[4 * quad + at])];
    };
    const std::array<std::uint32_t, 4> four{digit(0), digit(1), digit(2), digit(3)};
    all |= four[0] | four[1] | four[2] | four[3];
    const std::uint32_t bits = four[0] << 18 | four[1] << 12 | four[2] << 6 | four[3];
    out[3 * quad] = static_cast<std::uint8_t>(bits >> 16 & 0xff);
    out[3 * quad + 1] = static_cast<std::uint8_t>(bits >> 8 & 0xff);
    out[3 * quad + 2] = static_cast<std::uint8_t>(bits & 0xff);
  }
  std::ranges::copy(*rest, out.subspan(3 * quads).begin());
  return all < 64;
}

std::size_t length_of_base64(std::string_view text) { return text.size() * 6 / 8; }

Result<Bytes> from_quads(std::string_view text, const Values& values, std::string_view what) {
  Bytes out(length_of_base64(text));
  if (!read_quads(text, values, out)) return Error{Fault::malformed, std::string(what)};
  return out;
}

}  // namespace

std::string to_hex(ByteView bytes) { return to_digits(bytes, kHex, 4); }

Result<Bytes> from_hex(std::string_view text, std::string_view what) {
  return from_digits(text, kHexValues, 4, what);
}

std::string to_base64(ByteView bytes) {
  std::string out = to_digits(bytes, kBase64, 6);
  out.append((4 - out.size() % 4) % 4, '=');
  return out;
}

Result<Bytes> from_base64(std::string_view text, std::string_view what) {
  if (text.size() % 4 != 0) return Error{Fault::malformed, std::string(what)};
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return from_quads(text, kBase64Values, what);
}

std::string to_base64url(ByteView bytes) { return to_digits(bytes, kBase64url, 6); }

Result<Bytes> from_base64url(std::string_view text, std::string_view what) {
  return from_quads(text, kBase64urlValues, what);
}

Result<void> from_base64url(std::string_view text, std::span<std::uint8_t> out,
                            std::string_view what) {
  if (length_of_base64(text) != out.size()) {
    return Error{Fault::malformed, std::string(what) + ": wrong length"};
  }
  if (!read_quads(text, kBase64urlValues, out)) {
    return Error{Fault::malformed, std::string(what)};
  }
  return {};
}

std::string to_base32(ByteView bytes) { return to_digits(bytes, kBase32, 5); }

Result<Bytes> from_base32(std::string_view text, std::string_view what) {
  return from_digits(text, kBase32Values, 5, what);
}

char check_symbol(std::string_view base32_text) {
  unsigned remainder = 0;
  for (const char c : base32_text) {
    remainder = (remainder * 32 + static_cast<unsigned>(kBase32.find(c))) % 37;
  }
  return kCheck[remainder];
}

}  // namespace refledger
