// Access tokens as Personio hands them out: the same one for 24 hours, however often it is asked.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "ledger/core/random.h"
#include "ledger/core/time.h"

namespace refledger::sandbox {

enum class TokenState { valid, expired, unknown };

class Tokens {
 public:
  struct HandedOut {
    std::string token;
    std::chrono::seconds remaining;
  };
  HandedOut hand_out(UtcMillis now, Random& random);
  TokenState check(std::string_view token, UtcMillis now) const;
  void revoke() { current_.reset(); }
  void set_lifetime(std::chrono::seconds lifetime) { lifetime_ = lifetime; }

 private:
  struct Current {
    std::string token;
    UtcMillis expires;
  };
  std::optional<Current> current_;
  std::chrono::seconds lifetime_{std::chrono::hours(24)};
};

/// What stands behind "Bearer " in the request; empty if nothing does.
std::string_view bearer_of(const http::Request& request);

}  // namespace refledger::sandbox
