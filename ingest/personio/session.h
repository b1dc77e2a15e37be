// The API as one who is logged in sees it: token, repetition, patience.
//
// Order    A token is kept until shortly before it runs out.  A 401 leads to one new token and one
//          repetition; 429, 5xx and broken connections to a few more attempts, with waits.
// Errors   refused (credentials, rights), upstream (all attempts failed), malformed
// Source   developer.personio.de v1 /auth; docs/ingest.md
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "http/client/exchange.h"
#include "ingest/personio/client.h"
#include "ledger/core/time.h"

namespace refledger::ingest::personio {

using client::Answer;
using client::Endpoint;
using client::Request;

class Session {
 public:
  Session(Endpoint endpoint, PersonioCredentials credentials, const Clock& clock, Sleep sleep);

  /// The body of a 200 answer to GET `target`.
  Result<std::string> get(const std::string& target, std::size_t max_body);

 private:
  struct Token {
    std::string text;
    UtcMillis good_until;
  };

  Result<Answer> patiently(const Request& request, std::size_t max_body);
  Result<std::string> token();
  Result<Token> authenticate();
  Result<Token> token_in(const Answer& answer) const;

  Endpoint endpoint_;
  PersonioCredentials credentials_;
  const Clock& clock_;
  Sleep sleep_;
  std::optional<Token> token_;
};

}  // namespace refledger::ingest::personio
