#include "ledger/log/answered.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>

namespace refledger::log {
namespace {

static_assert(sizeof(std::atomic<int>) == sizeof(int) && std::atomic<int>::is_always_lock_free);

}  // namespace

void Answered::wait() const {
  while (set_.load(std::memory_order_acquire) == 0) {
    ::syscall(SYS_futex, &set_, FUTEX_WAIT_PRIVATE, 0, nullptr, nullptr, 0);
  }
}

void Answered::set() {
  set_.store(1, std::memory_order_release);
  ::syscall(SYS_futex, &set_, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

}  // namespace refledger::log
