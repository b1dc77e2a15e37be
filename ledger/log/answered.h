// A moment that many threads wait for: once it has come, one call of the system wakes them all.
//
// std::atomic's wait yields the processor several times before it sleeps, which costs more than all
// else that a caller of append() does while the cores are busy.
//
// Threads  Any.
// Source   futex(2)
#pragma once

#include <atomic>

namespace refledger::log {

class Answered {
 public:
  void wait() const;
  void set();

 private:
  std::atomic<int> set_ = 0;
};

}  // namespace refledger::log
