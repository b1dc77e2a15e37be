// A server on loopback for one test, and what it was asked.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "http/server.h"
#include "support/support.h"

namespace refledger::test {

inline http::Settings on_loopback(http::Limits limits = {}) {
  return {http::TcpEndpoint{"127.0.0.1", 0}, {}, limits, 2};
}

inline std::unique_ptr<http::Server> serve(const http::Settings& settings, http::Handler handler) {
  Result<std::unique_ptr<http::Server>> started = http::Server::start(settings, std::move(handler));
  if (!started) {
    ADD_FAILURE() << started.error().detail;
    std::abort();
  }
  return std::move(*started);
}

/// Answers with what it was asked, and remembers it.
class Echo {
 public:
  http::Response operator()(const http::Request& request) {
    const std::scoped_lock lock(mutex_);
    paths_.push_back(request.path);
    return {200, "text/plain",
            request.method + " " + request.path + "?" + request.query + " " + request.body};
  }
  http::Handler handler() {
    return [this](const http::Request& request) { return (*this)(request); };
  }
  std::size_t served(const std::string& path) const {
    const std::scoped_lock lock(mutex_);
    return static_cast<std::size_t>(std::count(paths_.begin(), paths_.end(), path));
  }
  std::size_t served() const {
    const std::scoped_lock lock(mutex_);
    return paths_.size();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> paths_;
};

/// Holds handlers until it is opened.
class Gate {
 public:
  void wait() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  /// Until `count` handlers stand before the gate.
  void await(unsigned count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }
  void open() {
    const std::scoped_lock lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  unsigned waiting_ = 0;
  bool open_ = false;
};

}  // namespace refledger::test
