// Many readers or one who changes what they read; the one who changes is not kept waiting.
//
// Shape    A std::shared_mutex alone prefers readers, and a busy endpoint would never catch up:
//          here new readers wait as soon as somebody wants to change.
// Threads  Any.  Not to be entered twice by one thread.
#pragma once

#include <functional>
#include <mutex>
#include <shared_mutex>

namespace refledger::store {

class ReadingGate {
 public:
  std::shared_lock<std::shared_mutex> read() const {
    const std::lock_guard wait(entrance_);
    return std::shared_lock(reading_);
  }

  void change(const std::function<void()>& work) {
    const std::lock_guard no_new_readers(entrance_);
    const std::unique_lock alone(reading_);
    work();
  }

 private:
  mutable std::mutex entrance_;
  mutable std::shared_mutex reading_;
};

}  // namespace refledger::store
