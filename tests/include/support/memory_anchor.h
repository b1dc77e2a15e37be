// A head anchor in memory that fails as told.
//
// Order    Fail-stop like the one on disk: after a failed write every write fails until reopen().
#pragma once

#include "ledger/log/anchor.h"
#include "support/memory_store.h"

namespace refledger::test {

class MemoryAnchor final : public log::Anchor {
 public:
  void fail_write(std::size_t nth, MemoryStore::Loss loss) {
    fail_at_ = writes_ + nth;
    loss_ = loss;
  }
  void reopen() {
    stopped_ = false;
    fail_at_.reset();
  }
  std::optional<log::Head>& head() { return head_; }

  Result<std::optional<log::Head>> read() const override { return head_; }
  Result<std::vector<log::Head>> staged() const override { return staged_; }
  Result<void> write(log::Head head) override {
    if (stopped_) return failure();
    stopped_ = fail_at_ == writes_;
    ++writes_;
    if (!stopped_ || loss_ == MemoryStore::Loss::kept) keep(head);
    return stopped_ ? Result<void>(failure()) : Result<void>();
  }

 private:
  static Error failure() { return {Fault::storage, "memory anchor: failed as told"}; }

  void keep(const log::Head& head) {
    head_ = head;
    staged_.push_back(head);
    std::erase_if(staged_, [&](const log::Head& each) {
      return each.before.leaves + each.entries.size() <= head.settled.leaves;
    });
  }

  std::optional<log::Head> head_;
  std::vector<log::Head> staged_;
  std::size_t writes_ = 0;
  std::optional<std::size_t> fail_at_;
  MemoryStore::Loss loss_ = MemoryStore::Loss::lost;
  bool stopped_ = false;
};

}  // namespace refledger::test
