#include "desk/access/password.h"

#include <sodium.h>

#include <array>
#include <cstdlib>
#include <set>

#include "ledger/core/text.h"

namespace refledger::access {
namespace {

constexpr std::size_t kFewest = 5;  // different characters

Error weak(const char* why) { return {Fault::refused, std::string("password: ") + why}; }

}  // namespace

Result<void> check_new_password(std::string_view password, std::string_view mail) {
  const std::optional<std::u32string> letters = decode_utf8(password);
  if (!letters) return weak("not text");
  if (letters->size() < kMinPassword) return weak("too short");
  if (password.size() > kMaxPassword) return weak("too long");
  if (std::set<char32_t>(letters->begin(), letters->end()).size() < kFewest) return weak("repeats");
  const std::string_view local = mail.substr(0, mail.find('@'));
  if (password == mail || (local.size() >= kMinPassword && password == local)) {
    return weak("the address");
  }
  return {};
}

std::string hash_password(std::string_view password, Effort effort) {
  if (sodium_init() < 0) std::abort();
  std::array<char, crypto_pwhash_argon2id_STRBYTES> hash{};
  const bool least = effort == Effort::least;
  const unsigned long long passes = least ? crypto_pwhash_argon2id_OPSLIMIT_MIN : 3;
  const std::size_t memory = least ? crypto_pwhash_argon2id_MEMLIMIT_MIN : std::size_t{64} << 20;
  if (crypto_pwhash_argon2id_str(hash.data(), password.data(), password.size(), passes, memory) !=
      0) {
    std::abort();  // no memory: better to start anew than to store a broken hash
  }
  return hash.data();
}

bool password_fits(std::string_view password, const std::string& hash) {
  if (password.size() > kMaxPassword) return false;
  if (sodium_init() < 0) std::abort();
  return crypto_pwhash_argon2id_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace refledger::access
