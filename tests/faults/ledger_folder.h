// A ledger on disk with its head anchor, as the desk opens them.
#pragma once

#include <filesystem>
#include <memory>

#include "ledger/log/company.h"
#include "ledger/store/rocksdb_store.h"
#include "support/faulty_store.h"

namespace refledger::test {

class LedgerFolder {
 public:
  /// `folder` holds `ledger` and `ledger.head`, as the data folder does.  With a plan a write
  /// fails.
  static Result<std::unique_ptr<LedgerFolder>> open(
      const std::filesystem::path& folder, const HandClock& clock = HandClock(),
      FaultPlan* plan = nullptr, std::function<void(const Error&)> on_stop = {}) {
    std::unique_ptr<LedgerFolder> made(new LedgerFolder(clock));
    auto store = log::open_store(folder / "ledger");
    if (!store) return store.error();
    made->store_ = *std::move(store);
    auto anchor = log::FileAnchor::open(folder / "ledger.head", "a test's machine");
    if (!anchor) return anchor.error();
    made->anchor_ = *std::move(anchor);
    if (plan != nullptr) {
      made->store_ = std::make_unique<FaultyStore>(std::move(made->store_), *plan);
      made->anchor_ = std::make_unique<FaultyAnchor>(std::move(made->anchor_), *plan);
    }
    log::Settings settings;
    if (on_stop) settings.on_stop = std::move(on_stop);
    settings.index_in_background = plan == nullptr;  // a plan counts each write
    auto log =
        log::Log::open(*made->store_, kOrigin, *made->key_, *made->anchor_, made->clock_, settings);
    if (!log) return log.error();
    made->log_ = *std::move(log);
    return made;
  }

  log::Log& log() const { return *log_; }
  store::Store& store() const { return *store_; }
  const Signer& key() const { return *key_; }
  HandClock& clock() { return clock_; }

 private:
  explicit LedgerFolder(const HandClock& clock) : clock_(clock) {}
  std::unique_ptr<sign::Ed25519Key> key_ = key_of(99);
  HandClock clock_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<log::Anchor> anchor_;
  std::unique_ptr<log::Log> log_;
};

}  // namespace refledger::test
