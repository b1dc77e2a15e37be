// The threads that run handlers, and the bounded queue before them.
//
// Threads  Any.
#pragma once

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <optional>
#include <utility>

namespace refledger::http {

class Workers {
 public:
  Workers(unsigned threads, std::size_t waiting)
      : room_(threads + waiting), pool_(std::in_place, threads) {}

  /// False if the queue is full; `job` will then never run.  `job` must not throw.
  template <class Job>
  bool try_post(Job job) {
    if (taken_.fetch_add(1) >= room_) {
      taken_.fetch_sub(1);
      return false;
    }
    boost::asio::post(*pool_, [this, job = std::move(job)]() mutable {
      job();
      taken_.fetch_sub(1);
    });
    return true;
  }

  /// Jobs that have not started never will.
  void stop() { pool_->stop(); }

  /// Waits for the jobs that run, and lets go of those that never will.
  void end() {
    pool_->join();
    pool_.reset();
  }

 private:
  const std::size_t room_;
  std::atomic<std::size_t> taken_{0};
  std::optional<boost::asio::thread_pool> pool_;
};

}  // namespace refledger::http
