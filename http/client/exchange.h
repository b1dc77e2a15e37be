// One HTTP request and its answer, over Poco.
//
// Units    The whole exchange is bounded in time, the body in bytes.
// Errors   upstream (no answer, or too long a one), refused (plain text to another machine, unless
//          what comes is signed).  An answer of any status is an answer.  Redirects are answers
//          too, never followed.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/core/result.h"

namespace refledger::client {

struct Endpoint {
  bool tls = true;
  std::string host;
  std::uint16_t port = 443;
  std::string path;  ///< of the base URL, without a slash at its end
  std::chrono::seconds timeout{20};
  std::filesystem::path ca_file = {};  ///< empty: the system's authorities
  bool signed_content = false;         ///< what is fetched vouches for itself: plain http is enough
};

/// "https://api.example.com/v1"; no user, query or fragment.
Result<Endpoint> parse_base_url(std::string_view url);

struct Request {
  std::string target;  ///< path and query below the base URL; a body makes it a POST
  std::string token;   ///< sent as Bearer; empty: none is sent
  std::string body;
  std::string media_type = "application/json";  ///< of the body
  std::string answer_type = "application/json";
};

struct Answer {
  unsigned status = 0;
  std::string body;
  std::optional<std::chrono::seconds> retry_after;
  /// Names in lower case; of several of one name the last.
  std::map<std::string, std::string, std::less<>> headers = {};
};

Result<Answer> exchange(const Endpoint& endpoint, const Request& request, std::size_t max_body);

}  // namespace refledger::client
