// A client that sends exactly the bytes it is told to, for tests of servers.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace refledger::test {

class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(fd_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0;
  }
  explicit RawClient(const std::string& path)
      : fd_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    std::strncpy(at.sun_path, path.c_str(), sizeof at.sun_path - 1);
    connected_ = connect(fd_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0;
  }
  RawClient(RawClient&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)),
        connected_(other.connected_),
        got_(std::move(other.got_)) {}
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient() {
    if (fd_ >= 0) close(fd_);
  }

  bool connected() const { return connected_; }
  int fd() const { return fd_; }

  /// False if the peer is gone.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void end_sending() { shutdown(fd_, SHUT_WR); }

  /// One answer: its head and as much body as Content-Length says (none for `head_only`).  What
  /// came before the peer closed or `patience` ran out, if that is less.
  std::string answer(bool head_only = false,
                     std::chrono::seconds patience = std::chrono::seconds(20)) {
    std::size_t whole = std::string::npos;
    while ((whole = length_of_answer(head_only)) > got_.size() && receive(patience)) {
    }
    const std::string made = got_.substr(0, whole);
    got_.erase(0, made.size());
    return made;
  }

  /// Everything until the peer closes.
  std::string rest(std::chrono::seconds patience = std::chrono::seconds(20)) {
    while (receive(patience)) {
    }
    return std::exchange(got_, {});
  }

  /// Whether the peer has closed, as far as has been read.
  bool ended() const { return ended_; }

  /// Whether the peer closes, having sent nothing more, before `patience` runs out.
  bool closed(std::chrono::seconds patience = std::chrono::seconds(20)) {
    const bool more = receive(patience);
    return !more && got_.empty() && ended_;
  }

 private:
  std::size_t length_of_answer(bool head_only) const {
    const std::size_t end = got_.find("\r\n\r\n");
    if (end == std::string::npos) return std::string::npos;
    const std::size_t field = got_.find("Content-Length: ");
    if (head_only || field == std::string::npos || field > end) return end + 4;
    return end + 4 + std::stoul(got_.substr(field + 16));
  }
  bool receive(std::chrono::seconds patience) {
    pollfd wait{fd_, POLLIN, 0};
    const auto millis = std::chrono::milliseconds(patience).count();
    if (poll(&wait, 1, static_cast<int>(millis)) <= 0) return false;
    char bytes[16384];
    const ssize_t count = recv(fd_, bytes, sizeof bytes, 0);
    ended_ = count <= 0;
    if (count > 0) got_.append(bytes, static_cast<std::size_t>(count));
    return count > 0;
  }

  int fd_;
  bool connected_ = false;
  bool ended_ = false;
  std::string got_;
};

inline int status_of(std::string_view answer) {
  return answer.starts_with("HTTP/1.1 ") && answer.size() > 12
             ? std::stoi(std::string(answer.substr(9, 3)))
             : 0;
}

inline std::string body_of(std::string_view answer) {
  const std::size_t end = answer.find("\r\n\r\n");
  return end == std::string_view::npos ? std::string() : std::string(answer.substr(end + 4));
}

}  // namespace refledger::test
