#include <sys/prctl.h>

#include <algorithm>
#include <array>
#include <atomic>

#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "tools/refledger/control.h"
#include "tools/refledger/journal.h"
#include "tools/refledger/serve.h"
#include "tools/refledger/stop.h"

namespace refledger::tools {
namespace {

constexpr std::chrono::seconds kRetryInterval{2};
constexpr std::chrono::milliseconds kOpenPause{500};
constexpr int kOpenTries = 10;

// Runs syncs on schedule; in between it carries on cases that wait for mail or the public process.
class Schedule {
 public:
  Schedule(OpenHome& home, std::mutex& busy, const Journal& journal)
      : home_(&home), busy_(&busy), journal_(&journal) {}

  /// False after a storage fault.
  bool sync() {
    return report("sync", [this] { return home_->desk().sync(); });
  }
  bool resume() {
    return report("resume", [this] { return home_->desk().resume(); });
  }
  bool refresh_status() {
    const std::lock_guard<std::mutex> alone(*busy_);
    const Result<void> done = home_->desk().refresh_status();
    if (!done) journal_->fault("status", done.error());
    return done || done.error().fault != Fault::storage;
  }

 private:
  template <class Run>
  bool report(const char* event, Run run) {
    const std::lock_guard<std::mutex> alone(*busy_);
    const Result<desk::SyncReport> done = run();
    if (!done) {
      journal_->fault(event, done.error());
      return done.error().fault != Fault::storage;
    }
    if (done->opened + done->issued + done->delivered > 0 || std::string_view(event) == "sync") {
      Json counts = to_json(*done);
      counts["unusable"] = done->unusable.size();
      counts["problems"] = done->problems.size();
      journal_->write(event, std::move(counts));
    }
    return true;
  }

  OpenHome* home_;
  std::mutex* busy_;
  const Journal* journal_;
};

// A command that opened the stores while no desk was running lets go of them within seconds.
Result<std::unique_ptr<OpenHome>> open_home(const Settings& settings) {
  for (int tries = 1;; ++tries) {
    Result<std::unique_ptr<OpenHome>> home = OpenHome::open(settings);
    const bool in_use = !home && home.error().fault == Fault::conflict;
    if (!in_use || tries == kOpenTries || stop_asked_within(kOpenPause)) return home;
  }
}

Result<std::string> make_control_token(const Home& home) {
  SystemRandom random;
  std::array<std::uint8_t, 32> drawn{};
  random.fill(drawn);
  const std::string token = to_hex(drawn);
  if (Result<void> written = write_file(home.control_token(), bytes_of(token)); !written) {
    return written.error();
  }
  return token;
}

int run_schedule(const Settings& settings, Schedule schedule, const std::atomic<bool>& failed) {
  using std::chrono::steady_clock;
  steady_clock::time_point next_sync = steady_clock::now();
  for (;;) {
    const bool due = steady_clock::now() >= next_sync;
    if (due) next_sync = steady_clock::now() + settings.sync_interval;
    const bool usable = (due ? schedule.sync() : schedule.resume()) && schedule.refresh_status();
    if (!usable || failed) return kExitFailStop;
    const auto until_sync =
        std::chrono::ceil<std::chrono::milliseconds>(next_sync - steady_clock::now());
    if (stop_asked_within(std::clamp(until_sync, std::chrono::milliseconds{10},
                                     std::chrono::milliseconds{kRetryInterval}))) {
      return 0;
    }
  }
}

}  // namespace

int serve_desk(const Settings& settings) {
  const SystemClock clock;
  const Journal journal("desk", clock);
  ::prctl(PR_SET_DUMPABLE, 0);  // its memory holds every key
  Result<std::unique_ptr<OpenHome>> home = open_home(settings);
  if (!home) {
    journal.fault("start", home.error());
    return kExitUnusable;
  }
  const Home paths(settings.data);
  const Result<std::string> token = make_control_token(paths);
  if (!token) {
    journal.fault("start", token.error());
    return kExitUnusable;
  }
  std::mutex busy;
  std::atomic<bool> failed = false;
  Sources sources((*home)->accounts(), settings);
  Control control((*home)->desk(), sources, busy, *token, [&failed] { failed = true; });
  http::Settings socket;
  socket.endpoint = http::UnixEndpoint{paths.control_socket()};
  socket.limits.workers = 2;
  Result<std::unique_ptr<http::Server>> server = http::Server::start(
      socket, [&control](const http::Request& request) { return control.answer(request); });
  if (!server) {
    journal.fault("start", server.error());
    return kExitUnusable;
  }
  journal.write("started");
  const int code = run_schedule(settings, Schedule(**home, busy, journal), failed);
  (*server)->stop();
  journal.write("stopped", {{"code", code}});
  return code;
}

}  // namespace refledger::tools
