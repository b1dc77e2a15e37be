// The one HTTP/1.1 server of this project: event-driven, strict, bounded.
//
// Order    Handlers run on the server's worker threads, never on the threads that read and write.
// Errors   A request whose framing is in any doubt is answered 400 and its connection closed.
//          A handler that throws is answered 500.
// Threads  The handler is called from several threads at once.
// Source   RFC 9110, RFC 9112; docs/http.md lists what is refused and why
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "http/limits.h"
#include "http/message.h"
#include "ledger/core/result.h"

namespace refledger::http {

using Handler = std::function<Response(const Request&)>;

struct Tls {
  std::filesystem::path certificate_chain;  ///< PEM
  std::filesystem::path private_key;        ///< PEM
};

struct TcpEndpoint {
  std::string address;     ///< an IP address
  std::uint16_t port = 0;  ///< 0: any free one, see Server::port
};
struct UnixEndpoint {
  std::filesystem::path path;  ///< created with mode 0600; a stale socket is replaced
};

struct Settings {
  std::variant<TcpEndpoint, UnixEndpoint> endpoint;
  std::optional<Tls> tls;
  Limits limits;
  unsigned threads = 2;  ///< that read and write
};

class Server {
 public:
  /// Listens and serves until destroyed or stopped.
  static Result<std::unique_ptr<Server>> start(const Settings& settings, Handler handler);

  std::uint16_t port() const;
  void stop();  ///< takes no more, finishes what is being answered (at most 5 s), returns
  ~Server();

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace refledger::http
