// One-time codes of an authenticator app, and recovery codes for when it is lost.
//
// Shape    A secret of 160 bits; six digits, every 30 seconds, one step early or late is taken.  A
//          recovery code is 16 characters of Crockford's base32, written in groups of four.
// Source   RFC 6238 with RFC 4226; github.com/google/google-authenticator/wiki/Key-Uri-Format
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/core/bytes.h"
#include "ledger/core/random.h"
#include "ledger/core/time.h"

namespace refledger::access {

constexpr std::size_t kTotpSecret = 20;
constexpr std::size_t kRecoveryCodes = 10;

std::string totp_code(ByteView secret, std::uint64_t step);
std::uint64_t totp_step_at(UtcMillis now);

/// The step that `typed` (blanks allowed) is the code of, if it is near `now` and after `last`.
std::optional<std::uint64_t> totp_step_of(std::string_view typed, ByteView secret, UtcMillis now,
                                          std::uint64_t last);

/// otpauth://totp/..., what the QR code holds; and the secret as one types it.
std::string totp_uri(ByteView secret, std::string_view issuer, std::string_view mail);
std::string totp_secret_text(ByteView secret);

std::string draw_recovery_code(Random& random);  ///< XXXX-XXXX-XXXX-XXXX
/// SHA-256 in hex of the code without its hyphens, in upper case.
std::string recovery_hash(std::string_view typed);

}  // namespace refledger::access
