#include "tools/refledger/witnessing.h"

#include "ledger/core/file.h"
#include "ledger/log/cosigned.h"

namespace refledger::tools {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kLook{1};
constexpr std::chrono::seconds kTryAgain{5};
constexpr std::chrono::hours kRenew{1};  // a log that does not grow keeps a fresh cosignature

}  // namespace

Result<format::Trust> read_policy(const std::filesystem::path& file) {
  const Result<Bytes> text = read_file(file, std::size_t{1} << 16);
  if (!text) return text.error();
  Result<format::Trust> policy = format::parse_trust(text_of(*text));
  if (!policy) return Error{policy.error().fault, file.string() + ": " + policy.error().detail};
  return policy;
}

Result<std::unique_ptr<Witnessing>> Witnessing::start(const Settings& settings, OpenHome& home,
                                                      const Journal& journal) {
  if (settings.witness_policy.empty()) return std::unique_ptr<Witnessing>();
  Result<format::Trust> policy = read_policy(settings.witness_policy);
  if (!policy) return policy.error();
  return std::unique_ptr<Witnessing>(new Witnessing(*std::move(policy), home, journal));
}

Witnessing::Witnessing(format::Trust policy, OpenHome& home, const Journal& journal)
    : home_(&home),
      journal_(&journal),
      collector_(std::move(policy), witness::post_over_http()),
      thread_([this] { run(); }) {}

Witnessing::~Witnessing() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Witnessing::run() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    lock.unlock();
    const std::chrono::seconds pause = round();
    lock.lock();
    wake_.wait_for(lock, pause, [this] { return stop_; });
  }
}

std::chrono::seconds Witnessing::round() {
  const Result<log::View> view = home_->log().view();
  if (!view) return kTryAgain;
  const TreeSize size = view->checkpoint().size;
  if (size == cosigned_ && steady_clock::now() < cosigned_at_ + kRenew) return kLook;
  const witness::Collected collected = collector_.collect(
      view->signed_checkpoint(), [&](TreeSize from) { return view->consistency(from); });
  tell(collected, size);
  if (!collected.quorum) return kTryAgain;
  const Result<void> kept = log::put_cosigned(home_->ledger_store(), collected.note);
  if (!kept) {
    journal_->fault("witnesses", kept.error());
    return kTryAgain;
  }
  cosigned_ = size;
  cosigned_at_ = steady_clock::now();
  return kLook;
}

// Only what is new: a witness that is away is told of once, and when it is back.
void Witnessing::tell(const witness::Collected& collected, TreeSize size) {
  Json failed = Json::object();
  for (const auto& [name, why] : collected.failed) failed[name] = why;
  const std::string now = failed.dump() + (collected.quorum ? "q" : "");
  if (now == told_) return;
  told_ = now;
  journal_->write("witnesses",
                  {{"size", size.leaves}, {"quorum", collected.quorum}, {"failed", failed}});
}

}  // namespace refledger::tools
