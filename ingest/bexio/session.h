// bexio's API as one who has a token sees it: patience and limits.
//
// Order    At most five attempts.  After an answer that says "no requests remaining", the next
//          request waits for the reset.
// Source   the ratelimit-… headers of the RateLimit fields draft; docs/ingest.md
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "http/client/exchange.h"
#include "ledger/core/random.h"

namespace refledger::ingest::bexio {

/// What bexio's headers say about the minute.
struct Limit {
  std::optional<unsigned> per_minute;
  std::optional<unsigned> remaining;
  std::optional<std::chrono::seconds> reset;  ///< from now
};
Limit limit_in(const client::Answer& answer);

class Session {
 public:
  using Sleep = std::function<void(std::chrono::milliseconds)>;
  Session(client::Endpoint endpoint, std::string token, Sleep sleep, Random& random);

  /// The answer to GET `target`, of whatever status, once repeating is done with.
  Result<client::Answer> get(const std::string& target, std::size_t max_body);

  const Limit& limit() const { return limit_; }  ///< as of the last answer

 private:
  std::chrono::milliseconds varied(std::chrono::milliseconds wait);

  client::Endpoint endpoint_;
  std::string token_;
  Sleep sleep_;
  Random* random_;
  Limit limit_;
};

}  // namespace refledger::ingest::bexio
