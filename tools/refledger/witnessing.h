// The desk's side of witnessing: whenever the log has grown, its newest checkpoint is shown to the
// witnesses of the policy, and kept with their cosignatures once they are a quorum.
//
// Order    Runs beside everything else: no append ever waits for a witness.  A checkpoint that was
//          not cosigned is tried again, by then with the next one.
// Threads  One of its own.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "tools/refledger/home.h"
#include "tools/refledger/journal.h"
#include "verify/witness/collect.h"

namespace refledger::tools {

/// The file that `witness.policy` names.
Result<format::Trust> read_policy(const std::filesystem::path& file);

class Witnessing {
 public:
  /// Nothing where the settings name no policy.
  static Result<std::unique_ptr<Witnessing>> start(const Settings& settings, OpenHome& home,
                                                   const Journal& journal);
  ~Witnessing();
  Witnessing(const Witnessing&) = delete;
  Witnessing& operator=(const Witnessing&) = delete;

 private:
  Witnessing(format::Trust policy, OpenHome& home, const Journal& journal);
  void run();
  /// How long until the next round.
  std::chrono::seconds round();
  void tell(const witness::Collected& collected, TreeSize size);

  OpenHome* home_;
  const Journal* journal_;
  witness::Collector collector_;
  TreeSize cosigned_;
  std::chrono::steady_clock::time_point cosigned_at_;
  std::string told_;

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace refledger::tools
