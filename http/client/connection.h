// An outgoing connection: TCP, or TLS with the peer's certificate and name checked, cut when its
// time is up.
//
// Errors   refused (plain text towards another machine), upstream (the system's or the library's
//          kind of failure, without the peer's words); no exception of the library leaves this
//          folder's own functions, but the socket itself throws Poco::Exception
// Order    The deadline runs from open() and covers the name's look-up, every address that is
//          tried, and every later step; restart() sets it anew.
// Threads  One thread, the one that opened it, to the end: it holds back SIGPIPE for that thread.
// Source   RFC 8446, RFC 5246 (TLS 1.3 and 1.2), RFC 6125 (the name in the certificate)
#pragma once

#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "ledger/core/result.h"

namespace refledger::client {

enum class Reach { anywhere, loopback_only };

class Connection {
 public:
  static Result<Connection> open(const std::string& host, std::uint16_t port, Reach reach,
                                 std::chrono::milliseconds deadline);

  /// TLS 1.2 or newer; `host` must be named in a certificate that leads to `ca_file`, or to the
  /// system's authorities where it is empty.
  Result<void> start_tls(const std::string& host, const std::filesystem::path& ca_file);

  void restart(std::chrono::milliseconds deadline);
  bool timed_out() const;

  Poco::Net::StreamSocket& socket();

  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) = delete;
  ~Connection();

 private:
  struct State;
  explicit Connection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace refledger::client
