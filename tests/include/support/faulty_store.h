// A store and a head anchor around real ones, in which one write fails: lost, or kept and reported
// as lost all the same.
//
// Order    As after a process that stopped: from the failed write on every call fails.
// Threads  Any: the two may be written at the same time; the plan counts the writes of both.
#pragma once

#include <memory>
#include <mutex>

#include "ledger/log/anchor.h"
#include "ledger/store/store.h"
#include "support/memory_store.h"

namespace refledger::test {

/// Which write fails, counted from 0 over everything that shares the plan.
class FaultPlan {
 public:
  using Loss = MemoryStore::Loss;
  FaultPlan(std::size_t nth, Loss loss) : nth_(nth), loss_(loss) {}

  enum class Fate { done, lost, kept };
  Fate next() {
    const std::lock_guard lock(mutex_);
    if (failed_) return Fate::lost;
    if (writes_++ != nth_) return Fate::done;
    failed_ = true;
    return loss_ == Loss::lost ? Fate::lost : Fate::kept;
  }
  bool failed() const {
    const std::lock_guard lock(mutex_);
    return failed_;
  }
  static Error failure() { return {Fault::storage, "failed as planned"}; }

 private:
  mutable std::mutex mutex_;
  std::size_t nth_;
  Loss loss_;
  std::size_t writes_ = 0;
  bool failed_ = false;
};

class FaultyStore final : public store::Store {
 public:
  FaultyStore(std::unique_ptr<store::Store> real, FaultPlan& plan)
      : real_(std::move(real)), plan_(plan) {}

  Result<std::optional<Bytes>> get(std::string_view space, std::string_view key) const override {
    if (plan_.failed()) return FaultPlan::failure();
    return real_->get(space, key);
  }
  Result<void> scan(std::string_view space, std::string_view from, std::string_view to,
                    const Visit& visit) const override {
    if (plan_.failed()) return FaultPlan::failure();
    return real_->scan(space, from, to, visit);
  }
  Result<std::unique_ptr<const store::Reader>> snapshot() const override {
    if (plan_.failed()) return FaultPlan::failure();
    return real_->snapshot();
  }
  Result<void> write(const store::Batch& batch) override {
    const FaultPlan::Fate fate = plan_.next();
    if (fate == FaultPlan::Fate::lost) return FaultPlan::failure();
    Result<void> written = real_->write(batch);
    if (!written || fate == FaultPlan::Fate::done) return written;
    return FaultPlan::failure();
  }

 private:
  std::unique_ptr<store::Store> real_;
  FaultPlan& plan_;
};

class FaultyAnchor final : public log::Anchor {
 public:
  FaultyAnchor(std::unique_ptr<log::Anchor> real, FaultPlan& plan)
      : real_(std::move(real)), plan_(plan) {}

  Result<std::optional<log::Head>> read() const override { return real_->read(); }
  Result<std::vector<log::Head>> staged() const override { return real_->staged(); }
  Result<void> write(log::Head head) override {
    const FaultPlan::Fate fate = plan_.next();
    if (fate == FaultPlan::Fate::lost) return FaultPlan::failure();
    Result<void> written = real_->write(head);
    if (!written || fate == FaultPlan::Fate::done) return written;
    return FaultPlan::failure();
  }

 private:
  std::unique_ptr<log::Anchor> real_;
  FaultPlan& plan_;
};

}  // namespace refledger::test
