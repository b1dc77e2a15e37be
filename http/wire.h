// The head of an answer as bytes.
//
// Source   RFC 9112 §4, §6.3; RFC 9110 §5.6.7 (dates)
#pragma once

#include <chrono>
#include <string>

#include "http/message.h"

namespace refledger::http {

struct Manner {
  bool close = false;        ///< the connection ends after this answer
  bool version_1_0 = false;  ///< of the request: keeping the connection has to be said
};

/// Status line, headers and blank line.  Content-Length is the body's, also where HEAD has none.
std::string response_head(const Response& response, Manner manner, std::chrono::sys_seconds now);

/// `Sat, 21 Nov 2026 23:55:00 GMT`.
std::string http_date(std::chrono::sys_seconds time);

/// Whether an answer of this status has a body at all.
bool may_have_body(unsigned status);

/// A short text answer that says its status.
Response plain_answer(unsigned status);

}  // namespace refledger::http
