// The whole ledger read and checked again and again, slowly, beside whoever writes it: what rots on
// the disk is found before it is asked for.
//
// State    One thread, and what fsck needs.  Each round reads one snapshot.
// Source   docs/ledger.md, "Scrub"
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "ledger/log/fsck.h"
#include "ledger/store/store.h"

namespace refledger::log {

struct ScrubPace {
  std::chrono::milliseconds rest{1000};  ///< after each chunk of 4,096 entries or an index
  std::chrono::milliseconds between{std::chrono::hours(24)};  ///< from one round's end to the next
};

class Scrub {
 public:
  /// `done` is told what each whole round found, on the scrub's own thread.
  using Done = std::function<void(const FsckReport&)>;
  Scrub(const store::Store& store, std::string origin, const PublicKey& log_key, ScrubPace pace,
        Done done);
  ~Scrub();
  Scrub(const Scrub&) = delete;
  Scrub& operator=(const Scrub&) = delete;

 private:
  void run();
  FsckReport one_round();
  bool go_on_after(std::chrono::milliseconds pause);

  const store::Store& store_;
  std::string origin_;
  PublicKey log_key_;
  ScrubPace pace_;
  Done done_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace refledger::log
