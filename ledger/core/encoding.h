// Bytes as text: hex, base64, base64url and Crockford's base32.  Decoders are strict: they accept
// only what the encoder writes (no blanks, no other case, zero spare bits).
//
// Source   RFC 4648 §4, §5 (base64url without padding); crockford.com/base32.html (check symbols)
// Errors   malformed, naming `what`
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger {

std::string to_hex(ByteView bytes);  ///< lower case
Result<Bytes> from_hex(std::string_view text, std::string_view what);

std::string to_base64(ByteView bytes);  ///< with padding
Result<Bytes> from_base64(std::string_view text, std::string_view what);

std::string to_base64url(ByteView bytes);  ///< without padding
Result<Bytes> from_base64url(std::string_view text, std::string_view what);
/// Exactly as many bytes as `out` has.
Result<void> from_base64url(std::string_view text, std::span<std::uint8_t> out,
                            std::string_view what);

/// Crockford base32, upper case, most significant bit first, the last character's spare bits zero.
/// 16 bytes make 26 characters.
std::string to_base32(ByteView bytes);
Result<Bytes> from_base32(std::string_view text, std::string_view what);

/// Crockford's check symbol of a base32 text: its value as a number modulo 37, one of
/// 0-9 A-Z (without I, L, O, U) and * ~ $ = U.
char check_symbol(std::string_view base32_text);

/// A fixed-size value from its text: `from_base64url_as<Signature>(text, "signature")`.
template <class Fixed>
Result<Fixed> from_base64url_as(std::string_view text, std::string_view what) {
  Fixed fixed;
  if (Result<void> read = from_base64url(text, fixed.bytes, what); !read) return read.error();
  return fixed;
}

}  // namespace refledger
