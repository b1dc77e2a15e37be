// Letters and tokens as HTTP counts them.
#include "http/text.h"

#include <algorithm>
#include <cstdint>

namespace refledger::http {
namespace {

char lower_letter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool is_tchar(char c) {
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
  return c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

struct Sequence {
  std::size_t length;   ///< 0: not a first byte
  std::uint32_t least;  ///< anything below is an overlong form
};

Sequence sequence_of(std::uint8_t first) {
  if (first < 0x80) return {1, 0};
  if (first >= 0xC2 && first < 0xE0) return {2, 0x80};
  if (first >= 0xE0 && first < 0xF0) return {3, 0x800};
  if (first >= 0xF0 && first < 0xF5) return {4, 0x10000};
  return {0, 0};
}

/// The length of the character that `text` starts with; 0 if it is none.
std::size_t utf8_character(std::string_view text) {
  const auto first = static_cast<std::uint8_t>(text.front());
  const Sequence sequence = sequence_of(first);
  if (sequence.length < 2) return sequence.length;
  if (text.size() < sequence.length) return 0;
  std::uint32_t point = first & (0x7FU >> sequence.length);
  for (std::size_t at = 1; at < sequence.length; ++at) {
    const auto byte = static_cast<std::uint8_t>(text[at]);
    if ((byte & 0xC0U) != 0x80) return 0;
    point = (point << 6U) | (byte & 0x3FU);
  }
  const bool surrogate = point >= 0xD800 && point < 0xE000;
  return point < sequence.least || point > 0x10FFFF || surrogate ? 0 : sequence.length;
}

}  // namespace

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_tchar);
}

std::string lower(std::string_view text) {
  std::string made(text);
  std::transform(made.begin(), made.end(), made.begin(), lower_letter);
  return made;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower_letter(x) == lower_letter(y); });
}

std::string_view trim_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_character(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool list_holds(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (equal_ignoring_case(trim_blanks(list.substr(0, comma)), token)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

}  // namespace refledger::http
