// The small company of tests/vectors/example, whose files another program wrote (make.py there).
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"
#include "ledger/core/jws.h"
#include "ledger/sign/ed25519_key.h"
#include "support/support.h"

namespace refledger::test {

inline const std::string kOrigin = "refs.example.com/log";
inline const std::string kIss = "https://muster.example";
inline const std::string kBase = "https://refs.example.com";

inline std::string example(const std::string& name) { return vector_file("example/" + name); }

inline std::unique_ptr<sign::Ed25519Key> key_from(ByteView seed) {
  return *sign::Ed25519Key::from_seed(seed);
}

inline std::unique_ptr<sign::Ed25519Key> key_of(std::uint8_t number) {
  return key_from(sha256({std::array<std::uint8_t, 1>{number}}));
}

/// Hands out given bytes, in order: makes a writer repeat what another program drew.
class ScriptedRandom : public Random {
 public:
  explicit ScriptedRandom(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) {
      if (bytes_.empty()) std::abort();
      byte = bytes_.front();
      bytes_.pop_front();
    }
  }

 private:
  std::deque<std::uint8_t> bytes_;
};

struct ExampleSecrets {
  Json json = *parse_json(example("secrets.json"), 4096, "secrets");

  Bytes bytes(const char* name) const { return *from_hex(*string_member(json, name), name); }
  template <class Fixed>
  Fixed fixed(const char* name) const {
    return *Fixed::from(bytes(name));
  }
  std::unique_ptr<sign::Ed25519Key> key(const char* name) const { return key_from(bytes(name)); }
};

/// `text` with bit `bit` of byte `at` changed.
inline std::string flipped(std::string text, std::size_t at, unsigned bit = 0) {
  text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1u << bit));
  return text;
}

/// A JWS with this header and payload, signed or not: to say what no writer of ours would say.
inline std::string raw_jws(std::string_view header, std::string_view payload,
                           const Signer& signer) {
  const std::string input = to_base64url(bytes_of(header)) + "." + to_base64url(bytes_of(payload));
  return input + "." + to_base64url(signer.sign(bytes_of(input)).view());
}

}  // namespace refledger::test
