// Cuts a socket when its time is up, so that a peer that sends one byte a minute holds nobody.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace refledger::client {

class Watchdog {
 public:
  Watchdog(int socket, std::chrono::milliseconds deadline);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  void restart(std::chrono::milliseconds deadline);
  bool fired() const;

 private:
  void watch();

  int socket_;  // our own descriptor of it: the library may close its own at any moment
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::chrono::steady_clock::time_point at_;
  bool stopped_ = false;
  bool fired_ = false;
  std::thread thread_;
};

}  // namespace refledger::client
