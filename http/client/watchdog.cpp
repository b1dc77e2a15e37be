#include "http/client/watchdog.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace refledger::client {

Watchdog::Watchdog(int socket, std::chrono::milliseconds deadline)
    : socket_(::fcntl(socket, F_DUPFD_CLOEXEC, 0)),
      at_(std::chrono::steady_clock::now() + deadline),
      thread_([this] { watch(); }) {}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
  if (socket_ >= 0) ::close(socket_);
}

void Watchdog::restart(std::chrono::milliseconds deadline) {
  {
    const std::lock_guard lock(mutex_);
    at_ = std::chrono::steady_clock::now() + deadline;
  }
  changed_.notify_all();
}

bool Watchdog::fired() const {
  const std::lock_guard lock(mutex_);
  return fired_;
}

void Watchdog::watch() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    if (std::chrono::steady_clock::now() >= at_) {
      fired_ = true;
      if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
      return;
    }
    changed_.wait_until(lock, at_);
  }
}

}  // namespace refledger::client
