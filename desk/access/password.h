// Passwords, as Argon2id strings.
//
// Units    64 MiB, three passes: about 200 ms on the machine this was measured on.
// Threads  Any.
// Source   RFC 9106; OWASP ASVS 5.0, 6.2 (length counts, nothing else is asked for)
#pragma once

#include <string>
#include <string_view>

#include "ledger/core/result.h"

namespace refledger::access {

constexpr std::size_t kMinPassword = 12;
constexpr std::size_t kMaxPassword = 256;

/// How much work a hash is; tests take the least.
enum class Effort { interactive, least };

/// refused: too short, too long, or easily guessed (much repeated, or made of `mail`).
Result<void> check_new_password(std::string_view password, std::string_view mail);

std::string hash_password(std::string_view password, Effort effort);
bool password_fits(std::string_view password, const std::string& hash);

}  // namespace refledger::access
