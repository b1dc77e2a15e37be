#include <unistd.h>

#include <atomic>
#include <iostream>
#include <thread>

#include "tools/refledger/commands/command.h"
#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/control.h"
#include "tools/refledger/tables.h"

namespace refledger::tools {
namespace {

constexpr std::chrono::milliseconds kLook{500};

constexpr const char* kSyncHelp = R"(refledger sync --config FILE [--full] [--dry-run] [--json]

Reads the HR system now, opens cases for new leavers and carries every case as
far as the rules let it. A running desk is asked to do it.

  --full                   read everybody, not only what changed
  --dry-run                tell what would happen, and do nothing

Exit: 0 done, 1 failed, 2 wrong use.
)";

// Says on a terminal how far the reading is, until it is told to stop.
class ProgressLine {
 public:
  explicit ProgressLine(const Settings& settings) {
    if (::isatty(STDERR_FILENO) == 0) return;
    thread_ = std::thread([this, &settings] { run(settings); });
  }
  ~ProgressLine() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

 private:
  void run(const Settings& settings) {
    bool said = false;
    while (!stop_) {
      const Result<Json> told = ask_running_desk(settings, "/progress");
      if (told && told->value("reading", false)) {
        std::cerr << "\r" << told->value("people", std::uint64_t{0}) << " people read ..."
                  << std::flush;
        said = true;
      }
      for (auto waited = 0 * kLook; waited < kLook && !stop_; waited += kLook / 10) {
        std::this_thread::sleep_for(kLook / 10);
      }
    }
    if (said) std::cerr << "\r\x1b[K" << std::flush;
  }

  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

int run_sync(const std::vector<std::string>& given) {
  const Result<Arguments> arguments =
      parse_arguments(given, {"--config"}, {"--json", "--full", "--dry-run"}, 0);
  if (!arguments) return wrong_use(arguments.error());
  const Result<Settings> settings = settings_of(*arguments);
  if (!settings) return failed(settings.error());
  const Json order{{"full", arguments->has("--full")}, {"dry_run", arguments->has("--dry-run")}};
  Result<Json> answer = Error{Fault::upstream, ""};
  {
    const ProgressLine line(*settings);
    answer = command(*settings, "/sync", order);
  }
  if (!answer) return failed(answer.error());
  std::cout << (arguments->has("--json") ? answer->dump(2) + "\n" : sync_table(*answer));
  return 0;
}

}  // namespace

Command sync_command() {
  return {"sync", "read the HR system now and issue what is due", kSyncHelp, run_sync};
}

}  // namespace refledger::tools
