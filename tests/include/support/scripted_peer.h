// A TCP server that plays a script: for the peers that break rules, which no real server does.
//
// Threads  The script runs on a thread of its own, once for each connection, one after the other.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace refledger::test {

/// The script's side of one connection; it is closed when the script returns.
class Line {
 public:
  explicit Line(int socket) : socket_(socket) {
    const timeval patience{20, 0};  // a bound for a broken test, never waited for in a good one
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Line() { ::close(socket_); }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  /// False once the other side is gone.
  bool write(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// Everything up to and including `end`; what there was, if the other side goes away before.
  std::string read_until(std::string_view end) {
    for (;;) {
      if (const std::size_t at = pending_.find(end); at != std::string::npos) {
        std::string out = pending_.substr(0, at + end.size());
        pending_.erase(0, at + end.size());
        return out;
      }
      char block[4096];
      const ssize_t got = ::recv(socket_, block, sizeof block, 0);
      if (got <= 0) return std::exchange(pending_, {});
      pending_.append(block, static_cast<std::size_t>(got));
    }
  }

  std::string read_line() {
    std::string line = read_until("\r\n");
    if (line.size() >= 2) line.resize(line.size() - 2);
    return line;
  }

 private:
  int socket_;
  std::string pending_;
};

class ScriptedPeer {
 public:
  using Script = std::function<void(Line&)>;

  explicit ScriptedPeer(Script script) : script_(std::move(script)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || ::bind(listener_, generic, length) != 0 || ::listen(listener_, 8) != 0 ||
        ::getsockname(listener_, generic, &length) != 0) {
      throw std::runtime_error("no loopback socket for the test");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~ScriptedPeer() {
    ::shutdown(listener_, SHUT_RDWR);  // ends accept()
    thread_.join();
    ::close(listener_);
  }
  ScriptedPeer(const ScriptedPeer&) = delete;
  ScriptedPeer& operator=(const ScriptedPeer&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  void serve() {
    for (;;) {
      const int accepted = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (accepted < 0) return;
      Line line(accepted);
      script_(line);
    }
  }

  Script script_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace refledger::test
