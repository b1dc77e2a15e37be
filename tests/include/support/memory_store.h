// A store in memory that fails as told, and whose every byte a test can reach.
//
// Order    Fail-stop like the store on disk: after a failed write every call fails until reopen().
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ledger/store/store.h"

namespace refledger::test {

class MemoryStore final : public store::Store {
 public:
  using Space = std::map<std::string, Bytes, std::less<>>;
  enum class Loss { lost, kept };  ///< what the failed write leaves behind

  explicit MemoryStore(const std::vector<std::string>& spaces) {
    for (const std::string& space : spaces) content_[space];
  }

  /// The `nth` write from now on (0: the next one) is reported as failed.
  void fail_write(std::size_t nth, Loss loss) {
    fail_at_ = writes_ + nth;
    loss_ = loss;
  }
  /// As after a restart of the process: what is kept is there, nothing fails any more.
  void reopen() {
    stopped_ = false;
    fail_at_.reset();
  }
  std::size_t writes() const { return writes_; }  ///< tried so far, but for unmet expectations
  bool stopped() const { return stopped_; }
  std::map<std::string, Space, std::less<>>& content() { return content_; }

  Result<std::optional<Bytes>> get(std::string_view space, std::string_view key) const override {
    const std::lock_guard lock(mutex_);
    if (stopped_) return failure();
    const Result<const Space*> found = find(space);
    if (!found) return found.error();
    const auto at = (*found)->find(key);
    if (at == (*found)->end()) return std::optional<Bytes>();
    return std::optional<Bytes>(at->second);
  }

  Result<void> scan(std::string_view space, std::string_view from, std::string_view to,
                    const Visit& visit) const override {
    Space now;
    {
      const std::lock_guard lock(mutex_);
      if (stopped_) return failure();
      const Result<const Space*> found = find(space);
      if (!found) return found.error();
      now = **found;
    }
    for (auto at = now.lower_bound(from); at != now.end(); ++at) {
      if (!to.empty() && at->first >= to) break;
      if (!visit(at->first, at->second)) break;
    }
    return {};
  }

  Result<std::unique_ptr<const store::Reader>> snapshot() const override {
    const std::lock_guard lock(mutex_);
    if (stopped_) return failure();
    auto taken = std::make_unique<MemoryStore>(std::vector<std::string>());
    taken->content_ = content_;
    return std::unique_ptr<const store::Reader>(std::move(taken));
  }

  Result<void> write(const store::Batch& batch) override {
    const std::lock_guard lock(mutex_);
    if (stopped_) return failure();
    if (Result<void> checked = check(batch); !checked) return checked;
    stopped_ = fail_at_ == writes_;
    ++writes_;
    if (!stopped_ || loss_ == Loss::kept) apply(batch);
    return stopped_ ? Result<void>(failure()) : Result<void>();
  }

 private:
  static Error failure() { return {Fault::storage, "memory store: failed as told"}; }

  Result<const Space*> find(std::string_view space) const {
    const auto found = content_.find(space);
    if (found == content_.end()) {
      return Error{Fault::storage, "memory store: no space " + std::string(space)};
    }
    return &found->second;
  }

  Result<void> check(const store::Batch& batch) const {
    for (const store::Batch::Expect& expect : batch.expects) {
      const Result<const Space*> space = find(expect.space);
      if (!space) return space.error();
      const auto at = (*space)->find(expect.key);
      const bool there = at != (*space)->end();
      if (there != expect.value.has_value() || (there && at->second != *expect.value)) {
        return Error{Fault::conflict, "memory store: not as expected"};
      }
    }
    for (const store::Batch::Put& put : batch.puts) {
      if (Result<const Space*> space = find(put.space); !space) return space.error();
    }
    for (const store::Batch::Remove& remove : batch.removes) {
      if (Result<const Space*> space = find(remove.space); !space) return space.error();
    }
    return {};
  }

  void apply(const store::Batch& batch) {
    for (const store::Batch::Put& put : batch.puts) content_[put.space][put.key] = put.value;
    for (const store::Batch::Remove& remove : batch.removes) {
      content_[remove.space].erase(remove.key);
    }
  }

  mutable std::mutex mutex_;
  std::map<std::string, Space, std::less<>> content_;
  std::size_t writes_ = 0;
  std::optional<std::size_t> fail_at_;
  Loss loss_ = Loss::lost;
  bool stopped_ = false;
};

}  // namespace refledger::test
