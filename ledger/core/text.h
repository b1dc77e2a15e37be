// Text as it stands in our line formats: UTF-8, decimal numbers, lines.
//
// Errors   malformed, naming `what`
// Source   Unicode 15 §3.9, table 3-7 (well-formed UTF-8), property White_Space
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/core/result.h"

namespace refledger {

/// The code points of `text`, or nothing if it is not well-formed UTF-8.
std::optional<std::u32string> decode_utf8(std::string_view text);

/// Whether `point` has the property White_Space.
bool is_unicode_space(char32_t point);

/// Whether `point` changes what is shown without being shown: control characters (below U+0020,
/// U+007F to U+009F), the separators U+2028 and U+2029, the bidirectional controls U+202A to
/// U+202E and U+2066 to U+2069.
bool is_hidden_control(char32_t point);

/// Well-formed UTF-8 without hidden controls.
bool is_one_line(std::string_view text);

constexpr std::uint64_t kMaxDecimal = (std::uint64_t{1} << 63) - 1;

/// ASCII decimal without sign or leading zero, at most 2^63 - 1.
Result<std::uint64_t> from_decimal(std::string_view text, std::string_view what);

/// Cuts the first line off `rest` and returns it without its LF; nothing if no LF is left.
std::optional<std::string_view> take_line(std::string_view& rest);

}  // namespace refledger
