// The head of a request, judged byte by byte before any parser sees it.
//
// Errors   A Refusal carries the status of the answer; the connection is closed after it, because
//          where this message ends and the next one starts is then in doubt.
// Source   RFC 9112 §3, §5, §6; docs/http.md lists what is refused and why
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "http/limits.h"
#include "http/message.h"

namespace refledger::http {

struct Refusal {
  unsigned status = 400;
  const char* reason = "";  ///< a fixed text, never the peer's bytes
};

enum class Framing { none, length, chunked };

struct Head {
  Request request;  ///< without body and peer
  Framing framing = Framing::none;
  std::uint64_t length = 0;  ///< of the body, if Framing::length
  bool version_1_0 = false;
  bool keep_alive = true;  ///< what the peer asks for
  bool expects_continue = false;
};

/// The bytes up to and with the blank line, 0 while it has not come; or why to stop reading.
/// `seen` bytes were looked at by an earlier call and found in order.
std::variant<std::size_t, Refusal> find_head_end(std::string_view received, std::size_t seen,
                                                 const Limits& limits);

/// `head` ends with its blank line.
std::variant<Head, Refusal> check_head(std::string_view head, const Limits& limits);

}  // namespace refledger::http
