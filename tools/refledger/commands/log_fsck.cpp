// `refledger log fsck`: the ledger on the disk, or an export, checked from its entries up.
#include <chrono>
#include <iostream>
#include <thread>

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"
#include "ledger/log/anchor.h"
#include "ledger/log/export.h"
#include "ledger/log/fsck.h"
#include "tools/refledger/closing.h"
#include "tools/refledger/commands/command.h"
#include "tools/refledger/commands/log_parts.h"
#include "tools/refledger/home.h"
#include "tools/refledger/ledger_reader.h"
#include "tools/refledger/stop.h"

namespace refledger::tools {
namespace {

using std::chrono::steady_clock;

constexpr int kExitEndedEarly = 3;

// Once a second, and whether to go on.
class Progress {
 public:
  explicit Progress(bool quiet) : quiet_(quiet) {}
  bool operator()(const log::FsckProgress& progress) {
    const bool due = steady_clock::now() >= next_;
    if (due) next_ = steady_clock::now() + std::chrono::seconds(1);
    if (due && !quiet_) {
      std::cerr << progress.part << " " << progress.done << " of " << progress.total << "\n";
    }
    return !stop_asked_within(std::chrono::milliseconds(0));
  }

 private:
  bool quiet_;
  steady_clock::time_point next_ = steady_clock::now() + std::chrono::seconds(1);
};

Json to_json(const log::FsckReport& report, const std::string& origin) {
  return {{"origin", origin},
          {"size", report.size.leaves},
          {"root", to_base64(report.root.view())},
          {"signatures", report.signatures},
          {"tiles", report.tiles},
          {"checkpoints", report.checkpoints},
          {"index_rows", report.index_rows},
          {"status_lists", report.status_lists},
          {"wrong", report.wrong},
          {"findings", report.findings},
          {"whole", report.wrong == 0 && !report.ended_early},
          {"ended_early", report.ended_early}};
}

void print(const log::FsckReport& report, const std::string& origin) {
  for (const std::string& finding : report.findings) std::cout << "WRONG  " << finding << "\n";
  if (report.wrong > report.findings.size()) {
    std::cout << "WRONG  and " << report.wrong - report.findings.size() << " more\n";
  }
  std::cout << origin << ": " << report.size.leaves << " entries, " << report.signatures
            << " signatures, " << report.tiles << " tiles, " << report.checkpoints
            << " checkpoints, " << report.index_rows << " index rows, " << report.status_lists
            << " status lists checked: ";
  if (report.wrong > 0) {
    std::cout << report.wrong << " things are wrong\n";
  } else {
    std::cout << (report.ended_early ? "ended early, so far nothing is wrong\n" : "all is right\n");
  }
}

int conclude(const Arguments& arguments, const log::FsckReport& report, const std::string& origin) {
  if (arguments.has("--json")) {
    std::cout << to_json(report, origin).dump(2) << "\n";
  } else {
    print(report, origin);
  }
  if (report.wrong > 0) return kExitFailed;
  return report.ended_early ? kExitEndedEarly : 0;
}

log::FsckOptions options_of(const Arguments& arguments) {
  log::FsckOptions options;
  const std::string threads = arguments.value("--threads");
  options.threads = std::clamp(std::thread::hardware_concurrency(), 1u, 16u);
  if (threads.size() == 1 && threads[0] >= '1' && threads[0] <= '9') {
    options.threads = static_cast<unsigned>(threads[0] - '0');
  }
  options.tree_only = arguments.has("--tree-only");
  options.progress = [progress = std::make_shared<Progress>(arguments.has("--json"))](
                         const log::FsckProgress& at) { return (*progress)(at); };
  return options;
}

// The head that was anchored outside the database.  A desk that is at work may just be writing it.
void add_anchored(const Home& home, log::FsckOptions& options) {
  const auto anchor = log::FileAnchor::open(home.ledger_head(), machine_name());
  if (!anchor) return;
  const Result<std::optional<log::Head>> head = (*anchor)->read();
  if (head && *head) options.checkpoints.emplace_back("the head anchor", (*head)->checkpoint);
}

int check_export(const Arguments& arguments, const std::filesystem::path& folder) {
  const Result<format::NoteKey> key = vkey_given(arguments.value("--vkey"));
  if (!key) return wrong_use({Fault::malformed, "--export needs --vkey: " + key.error().detail});
  log::FsckOptions options = options_of(arguments);
  options.indexes = false;
  if (const std::string root = arguments.value("--root"); !root.empty()) {
    const Result<format::NoteKey> known = vkey_given(root);
    if (!known) return wrong_use({Fault::malformed, "--root: " + known.error().detail});
    options.roots.push_back(*known);
  }
  const log::ExportReader files(folder);
  return conclude(arguments, log::fsck(files, key->name, key->key, options), key->name);
}

}  // namespace

int log_fsck(const Arguments& arguments) {
  if (const std::string folder = arguments.value("--export"); !folder.empty()) {
    return check_export(arguments, folder);
  }
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return failed(settings.error());
  log::FsckOptions options = options_of(arguments);
  const Home home(settings->data);
  add_anchored(home, options);
  if (const Result<format::NoteKey> root = read_root_key(home)) options.roots.push_back(*root);
  const Result<LedgerReader> ledger = LedgerReader::open(*settings);
  if (!ledger) return failed(ledger.error());
  const format::NoteKey& key = ledger->log_key();
  return conclude(arguments, log::fsck(ledger->store(), key.name, key.key, options), key.name);
}

}  // namespace refledger::tools
