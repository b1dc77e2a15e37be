#include "desk/access/totp.h"

#include <liboath/oath.h>

#include <array>
#include <cstdlib>

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"

namespace refledger::access {
namespace {

constexpr unsigned kDigits = 6;
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";  // RFC 4648 §6

std::string without(std::string_view text, std::string_view unwanted) {
  std::string kept;
  for (const char letter : text) {
    if (unwanted.find(letter) == std::string_view::npos) kept += letter;
  }
  return kept;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char letter : text) {
    if (kPlain.find(letter) != std::string_view::npos) {
      encoded += letter;
    } else {
      encoded += '%';
      for (const char digit : to_hex(bytes_of({&letter, 1}))) {
        encoded += digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
      }
    }
  }
  return encoded;
}

}  // namespace

std::string totp_code(ByteView secret, std::uint64_t step) {
  std::array<char, kDigits + 1> code{};
  const auto* bytes = reinterpret_cast<const char*>(secret.data());
  if (oath_hotp_generate(bytes, secret.size(), step, kDigits, false, OATH_HOTP_DYNAMIC_TRUNCATION,
                         code.data()) != OATH_OK) {
    std::abort();  // it fails only where its HMAC is broken
  }
  return code.data();
}

std::uint64_t totp_step_at(UtcMillis now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  return static_cast<std::uint64_t>(seconds) / 30;
}

std::optional<std::uint64_t> totp_step_of(std::string_view typed, ByteView secret, UtcMillis now,
                                          std::uint64_t last) {
  const std::string code = without(typed, " ");
  if (code.size() != kDigits) return std::nullopt;
  const std::uint64_t current = totp_step_at(now);
  std::optional<std::uint64_t> found;
  for (std::uint64_t step = current - 1; step <= current + 1; ++step) {
    const bool fits = equal_secrets(bytes_of(totp_code(secret, step)), bytes_of(code));
    if (fits && step > last) found = step;
  }
  return found;
}

std::string totp_secret_text(ByteView secret) {
  std::string text;
  unsigned held = 0;
  unsigned bits = 0;
  for (const std::uint8_t byte : secret) {
    held = (held << 8 | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += kBase32[(held >> (bits - 5)) & 31];
  }
  return text;
}

std::string totp_uri(ByteView secret, std::string_view issuer, std::string_view mail) {
  return "otpauth://totp/" + percent_encode(issuer) + ":" + percent_encode(mail) +
         "?secret=" + totp_secret_text(secret) + "&issuer=" + percent_encode(issuer);
}

std::string draw_recovery_code(Random& random) {
  std::array<std::uint8_t, 10> drawn{};
  random.fill(drawn);
  const std::string text = to_base32(drawn);
  return text.substr(0, 4) + "-" + text.substr(4, 4) + "-" + text.substr(8, 4) + "-" +
         text.substr(12, 4);
}

std::string recovery_hash(std::string_view typed) {
  std::string code = without(typed, " -");
  for (char& letter : code) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return to_hex(sha256(bytes_of(code)));
}

}  // namespace refledger::access
