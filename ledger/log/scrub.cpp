#include "ledger/log/scrub.h"

namespace refledger::log {

Scrub::Scrub(const store::Store& store, std::string origin, const PublicKey& log_key,
             ScrubPace pace, Done done)
    : store_(store),
      origin_(std::move(origin)),
      log_key_(log_key),
      pace_(pace),
      done_(std::move(done)),
      thread_([this] { run(); }) {}

Scrub::~Scrub() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool Scrub::go_on_after(std::chrono::milliseconds pause) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, pause, [this] { return stopping_; });
}

FsckReport Scrub::one_round() {
  const Result<std::unique_ptr<const store::Reader>> snapshot = store_.snapshot();
  if (!snapshot) {
    FsckReport report;
    report.wrong = 1;
    report.findings = {snapshot.error().detail};
    return report;
  }
  FsckOptions options;
  options.threads = 1;
  options.progress = [this](const FsckProgress&) { return go_on_after(pace_.rest); };
  return fsck(**snapshot, origin_, log_key_, options);
}

void Scrub::run() {
  do {
    const FsckReport report = one_round();
    if (!go_on_after(std::chrono::milliseconds(0))) return;
    done_(report);
  } while (go_on_after(pace_.between));
}

}  // namespace refledger::log
