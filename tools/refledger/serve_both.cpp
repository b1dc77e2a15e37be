#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <string>

#include "tools/refledger/first_start.h"
#include "tools/refledger/home.h"
#include "tools/refledger/journal.h"
#include "tools/refledger/serve.h"
#include "tools/refledger/stop.h"

namespace refledger::tools {
namespace {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

// One child: this program again, with `serve --only WHAT`.
class Child {
 public:
  Child(std::string what, const Settings& settings)
      : what_(std::move(what)), config_(settings.file.string()) {}

  void start() {
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ != 0) return;
    // In the child.  Nothing was opened before the fork, so only the signal mask is inherited.
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(1);
    const std::array<const char*, 7> arguments{
        "refledger", "serve", "--only", what_.c_str(), "--config", config_.c_str(), nullptr};
    ::execv("/proc/self/exe", const_cast<char* const*>(arguments.data()));
    ::_exit(127);
  }

  /// The exit code, or 128 + signal, if it has ended since the last call.
  std::optional<int> ended() {
    int status = 0;
    if (pid_ <= 0 || ::waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  /// Starts it again after a pause that doubles with each quick end.
  void restart_when_due() {
    if (pid_ > 0) return;
    if (!due_) {
      const bool quick = steady_clock::now() - started_ < 60s;
      pause_ = quick ? std::min(pause_ * 2, std::chrono::milliseconds{30s}) : 500ms;
      due_ = steady_clock::now() + pause_;
    }
    if (steady_clock::now() < *due_) return;
    due_.reset();
    started_ = steady_clock::now();
    start();
  }

  /// Whether it ever ran longer than a start takes.
  bool has_served() {
    served_ = served_ || steady_clock::now() - started_ > 10s;
    return served_;
  }

  void ask_to_stop() const {
    if (pid_ > 0) ::kill(pid_, SIGTERM);
  }
  void wait_at_most(std::chrono::seconds time) {
    const steady_clock::time_point end = steady_clock::now() + time;
    while (pid_ > 0 && steady_clock::now() < end) {
      if (!ended()) ::usleep(20'000);
    }
    if (pid_ > 0) ::kill(pid_, SIGKILL);
  }
  const std::string& what() const { return what_; }

 private:
  std::string what_;
  std::string config_;
  pid_t pid_ = -1;
  steady_clock::time_point started_ = steady_clock::now();
  bool served_ = false;
  std::optional<steady_clock::time_point> due_;
  std::chrono::milliseconds pause_ = 250ms;
};

}  // namespace

int serve_both(const Settings& settings) {
  const SystemClock clock;
  const Journal journal("serve", clock);
  std::array<Child, 2> children{Child("verify", settings), Child("desk", settings)};
  // Before the first start is done in the browser there is nothing to be public about.
  const auto may_run = [&](const Child& child) {
    return child.what() != "verify" || !settings.desk_web || is_set_up(settings);
  };
  for (Child& child : children) {
    if (may_run(child)) child.start();
  }

  int code = 0;
  while (code == 0 && !stop_asked_within(100ms)) {
    for (Child& child : children) {
      if (const std::optional<int> ended = child.ended()) {
        journal.write("process ended", {{"which", child.what()}, {"code", *ended}});
        // What never ran is set up wrongly; what ran for a while may be helped by room on the disk,
        // and must not take the other process down with it.  Asked at every end: the one after a
        // long run is another (a crash, a full disk) than the quick ones of the starts that follow.
        const bool served = child.has_served();
        if (*ended == kExitUnusable && !served) code = kExitUnusable;
      }
      if (code == 0 && may_run(child)) child.restart_when_due();
    }
  }
  for (const Child& child : children) child.ask_to_stop();
  for (Child& child : children) child.wait_at_most(35s);
  return code;
}

}  // namespace refledger::tools
