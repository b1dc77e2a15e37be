// What the two kinds of login answer.
//
// Shape    v1  {"success":true,"data":{"token":"papi-…","expires_in":86400,"scope":"…"}}
//          v2  {"access_token":"papi-…","token_type":"Bearer","expires_in":4711,"scope":"…"}
// Units    expires_in is the REMAINING life in seconds: the same token is handed out again.
// Errors   malformed
// Source   developer.personio.de: POST /v1/auth, POST /v2/auth/token
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "ledger/core/result.h"

namespace refledger::ingest::personio {

struct Token {
  std::string text;  ///< fit for a header line
  std::chrono::seconds life{};
};

inline constexpr std::size_t kMaxAuthBytes = 64 * 1024;

Result<Token> parse_v1_token(std::string_view body);
Result<Token> parse_v2_token(std::string_view body);

}  // namespace refledger::ingest::personio
