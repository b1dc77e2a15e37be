#include "http/client/connection.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <optional>
#include <vector>

#include "http/client/dial.h"
#include "http/client/watchdog.h"

namespace refledger::client {
namespace {

using Poco::Net::IPAddress;
using Poco::Net::StreamSocket;

// Neither Poco nor OpenSSL writes with MSG_NOSIGNAL: without this a peer that goes away in the
// middle ends our process.
class SigpipeHeld {
 public:
  SigpipeHeld() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~SigpipeHeld() {
    if (sigismember(&before_, SIGPIPE) == 0) {
      const timespec at_once{};
      while (sigtimedwait(&pipe_, nullptr, &at_once) > 0) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  SigpipeHeld(const SigpipeHeld&) = delete;
  SigpipeHeld& operator=(const SigpipeHeld&) = delete;

 private:
  sigset_t pipe_{};
  sigset_t before_{};
};

Error failed(const char* step, const Poco::Exception& exception) {
  return {Fault::upstream, std::string(step) + ": " + exception.name()};
}

// A little longer than the watchdog, which is the one that ends a wait.
void limit_each_step(StreamSocket& socket, std::chrono::milliseconds deadline) {
  const auto limit = deadline + std::chrono::seconds{1};
  const Poco::Timespan timeout(std::chrono::microseconds(limit).count());
  socket.setReceiveTimeout(timeout);
  socket.setSendTimeout(timeout);
}

Poco::Net::Context::Ptr strict_context(const std::filesystem::path& ca_file) {
  Poco::Net::Context::Params params;
  params.verificationMode = Poco::Net::Context::VERIFY_STRICT;  // RELAXED skips loopback names
  params.caLocation = ca_file.string();
  params.loadDefaultCAs = ca_file.empty();
  params.cipherList = "ECDHE+AESGCM:ECDHE+CHACHA20";
  Poco::Net::Context::Ptr context =
      new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, params);
  context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
  context->enableExtendedCertificateVerification(true);  // the host's name
  return context;
}

}  // namespace

struct Connection::State {
  State(const StreamSocket& connected, std::chrono::milliseconds deadline)
      : socket(connected), watchdog(connected.impl()->sockfd(), deadline) {}

  SigpipeHeld sigpipe;
  StreamSocket socket;
  Watchdog watchdog;
};

Result<Connection> Connection::open(const std::string& host, std::uint16_t port, Reach reach,
                                    std::chrono::milliseconds deadline) {
  const Deadline until = std::chrono::steady_clock::now() + deadline;
  Result<Addresses> addresses = resolve(host, until);
  if (!addresses) return addresses.error();
  if (reach == Reach::loopback_only) {
    std::erase_if(*addresses, [](const IPAddress& address) { return !address.isLoopback(); });
    if (addresses->empty()) {
      return Error{Fault::refused, "connect: plain text goes to this machine only, use TLS"};
    }
  }
  Result<StreamSocket> socket = dial(*addresses, port, until);
  if (!socket) return socket.error();
  const auto left =
      std::chrono::floor<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
  try {
    limit_each_step(*socket, left);
    socket->setNoDelay(true);
    return Connection(std::make_unique<State>(*socket, left));
  } catch (const Poco::Exception& exception) {
    return failed("connect", exception);
  }
}

Result<void> Connection::start_tls(const std::string& host, const std::filesystem::path& ca_file) {
  try {
    state_->socket =
        Poco::Net::SecureStreamSocket::attach(state_->socket, host, strict_context(ca_file));
    return {};
  } catch (const Poco::Exception& exception) {
    return failed("TLS", exception);
  }
}

void Connection::restart(std::chrono::milliseconds deadline) {
  state_->watchdog.restart(deadline);
  try {
    limit_each_step(state_->socket, deadline);
  } catch (const Poco::Exception&) {
    // The peer is gone already: whatever comes next on the socket says so.
    return;
  }
}
bool Connection::timed_out() const { return state_->watchdog.fired(); }
Poco::Net::StreamSocket& Connection::socket() { return state_->socket; }

Connection::Connection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection::~Connection() = default;

}  // namespace refledger::client
