// Access tokens as Personio hands them out.
#include "tools/personio-sandbox/tokens.h"

#include "ledger/core/encoding.h"

namespace refledger::sandbox {

Tokens::HandedOut Tokens::hand_out(UtcMillis now, Random& random) {
  if (!current_ || current_->expires <= now) {
    Bytes drawn(24);
    random.fill(drawn);
    current_ = Current{"papi-" + to_hex(drawn), now + lifetime_};
  }
  return {current_->token, std::chrono::ceil<std::chrono::seconds>(current_->expires - now)};
}

TokenState Tokens::check(std::string_view token, UtcMillis now) const {
  if (!current_ || current_->token != token) return TokenState::unknown;
  return current_->expires <= now ? TokenState::expired : TokenState::valid;
}

std::string_view bearer_of(const http::Request& request) {
  static constexpr std::string_view kScheme = "Bearer ";
  const std::string_view value = request.header("authorization");
  return value.starts_with(kScheme) ? value.substr(kScheme.size()) : std::string_view();
}

}  // namespace refledger::sandbox
