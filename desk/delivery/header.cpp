#include "desk/delivery/header.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "ledger/core/encoding.h"
#include "ledger/core/text.h"

namespace refledger::delivery {
namespace {

constexpr std::size_t kMaxText = 500;
constexpr std::size_t kMaxPlain = 60;      // with the longest field name within 78 columns
constexpr std::size_t kBytesInAWord = 39;  // 52 characters of base64, 64 with the frame

// Marks that make a line read otherwise than it is written.
bool turns_direction(char32_t point) {
  return (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069) ||
         point == 0x200e || point == 0x200f || point == 0x2028 || point == 0x2029;
}

Result<void> check(std::string_view text, std::string_view what) {
  if (text.size() > kMaxText) return Error{Fault::malformed, std::string(what) + ": too long"};
  const std::optional<std::u32string> points = decode_utf8(text);
  if (!points || !is_one_line(text) ||
      std::any_of(points->begin(), points->end(), turns_direction)) {
    return Error{Fault::malformed, std::string(what) + ": control characters, or not UTF-8"};
  }
  return {};
}

// "=?" would be taken for an encoded word by the reader; blanks at the ends would be lost.
bool is_plain(std::string_view text) {
  return text.size() <= kMaxPlain && text.find("=?") == std::string_view::npos &&
         (text.empty() || (text.front() != ' ' && text.back() != ' ')) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7f; });
}

// As many bytes of `text` as fit one encoded word without cutting a character (RFC 2047 §5).
std::size_t word_length(std::string_view text) {
  if (text.size() <= kBytesInAWord) return text.size();
  std::size_t length = kBytesInAWord;
  while ((static_cast<unsigned char>(text[length]) & 0xc0) == 0x80) --length;
  return length;
}

std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = word_length(text);
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + to_base64(bytes_of(text.substr(0, length))) + "?=";
    text.remove_prefix(length);
  }
  return out;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

Result<std::string> unstructured(std::string_view text, std::string_view what) {
  if (Result<void> checked = check(text, what); !checked) return checked.error();
  return is_plain(text) ? std::string(text) : encoded_words(text);
}

Result<std::string> mailbox(std::string_view name, const Address& address, std::string_view what) {
  if (Result<void> checked = check(name, what); !checked) return checked.error();
  if (name.empty()) return address.text();
  const std::string plain = is_plain(name) ? quoted(name) : "";
  const bool fits = !plain.empty() && plain.size() <= kMaxPlain + 2;
  return (fits ? plain : encoded_words(name)) + "\r\n <" + address.text() + ">";
}

std::string mail_date(UtcMillis time) {
  static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto midnight = std::chrono::floor<std::chrono::days>(time);
  const Date date{midnight};
  const std::chrono::hh_mm_ss clock{time - midnight};
  std::array<char, 48> out{};
  std::snprintf(out.data(), out.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                kDays[std::chrono::weekday{midnight}.c_encoding()],
                static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                static_cast<int>(date.year()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return out.data();
}

}  // namespace refledger::delivery
