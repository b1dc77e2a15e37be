// `refledger log backup` and `refledger log restore`: the ledger as files, and back.
#include <iostream>

#include "ledger/core/file.h"
#include "ledger/core/json.h"
#include "ledger/format/checkpoint.h"
#include "ledger/log/backup.h"
#include "ledger/log/epoch.h"
#include "ledger/log/fsck.h"
#include "tools/refledger/closing.h"
#include "tools/refledger/commands/command.h"
#include "tools/refledger/commands/log_parts.h"
#include "tools/refledger/home.h"
#include "tools/refledger/init.h"
#include "tools/refledger/ledger_reader.h"
#include "tools/refledger/stop.h"

namespace refledger::tools {
namespace {

bool go_on(TreeSize, TreeSize) { return !stop_asked_within(std::chrono::milliseconds(0)); }

Result<void> all_right(const log::FsckReport& report, const std::string& what) {
  if (report.wrong > 0) {
    return Error{Fault::storage, what + ": " + std::to_string(report.wrong) +
                                     " things are wrong, first: " + report.findings.front()};
  }
  if (report.ended_early) return Error{Fault::refused, what + ": stopped"};
  return {};
}

log::FsckOptions options_of(bool indexes) {
  log::FsckOptions options;
  options.indexes = indexes;
  options.progress = [](const log::FsckProgress&) { return go_on({}, {}); };
  return options;
}

Result<log::ExportReport> back_up(const Settings& settings, const std::filesystem::path& folder) {
  const Result<LedgerReader> ledger = LedgerReader::open(settings);
  if (!ledger) return ledger.error();
  const Result<log::View> view = log::View::open(ledger->store());
  if (!view) return view.error();
  Result<log::ExportReport> done = log::back_up(*view, ledger->store(), folder, go_on);
  if (!done) return done;
  const format::NoteKey& key = ledger->log_key();
  const log::FsckReport report =
      log::fsck(log::ExportReader(folder), key.name, key.key, options_of(false));
  if (Result<void> right = all_right(report, "the backup"); !right) return right.error();
  return done;
}

// What a restoration works on.  The ledger grows in a folder beside its place, so that what was
// interrupted is begun again.
struct Restoration {
  const Settings& settings;
  Home home;
  std::filesystem::path growing;
  std::unique_ptr<sign::Ed25519Key> log_key;

  explicit Restoration(const Settings& from)
      : settings(from), home(from.data), growing(home.data / "ledger.restoring") {}

  Result<void> prepare() {
    if (std::filesystem::exists(home.ledger())) {
      return Error{Fault::refused, "there is a ledger in " + home.ledger().string() +
                                       ": move it away first; nothing is overwritten"};
    }
    const Result<sign::MasterKey> master = sign::MasterKey::read(settings.master_key_file);
    if (!master) return master.error();
    Result<std::unique_ptr<sign::Ed25519Key>> key =
        open_key(home, *master, log_key_name(home, settings.log_epoch));
    if (!key) return key.error();
    log_key = *std::move(key);
    std::error_code failed;
    std::filesystem::remove_all(growing, failed);
    if (failed) return Error{Fault::storage, growing.string() + ": " + failed.message()};
    return {};
  }

  // The name under which the backup was signed: the log's own, or one of an epoch before.
  Result<std::string> name_of(const log::ExportReader& backup, bool new_epoch) const {
    const Result<log::View> view = log::View::open(backup);
    if (!view) return view.error();
    const std::string& origin = view->checkpoint().origin;
    if (origin == settings.origin() && new_epoch) {
      return Error{Fault::refused, "the backup is of this epoch: raise log.epoch in " +
                                       settings.file.string() + " first"};
    }
    if (origin != settings.origin() && !new_epoch) {
      return Error{Fault::refused,
                   "the backup is of " + origin + ", and this log is " + settings.origin()};
    }
    return origin;
  }

  Result<TreeSize> fill(const log::ExportReader& backup, const std::string& origin) const {
    const auto store = log::open_store(growing);
    if (!store) return store.error();
    const Result<TreeSize> size = log::restore(backup, **store, go_on);
    if (!size) return size;
    const log::FsckReport report =
        log::fsck(**store, origin, log_key->public_key(), options_of(true));
    if (Result<void> right = all_right(report, "the backup"); !right) return right.error();
    return size;
  }

  // As the desk will open it: against the head anchor.
  Result<void> meet_anchor() const {
    const auto store = log::open_store(growing);
    if (!store) return store.error();
    if (Result<void> closed = complete_closing(home, **store); !closed) return closed;
    const auto anchor = log::FileAnchor::open(home.ledger_head(), machine_name());
    if (!anchor) return anchor.error();
    const SystemClock clock;
    const auto log = log::Log::open(**store, settings.origin(), *log_key, **anchor, clock);
    if (log) return {};
    if (log.error().fault != Fault::refused) return log.error();
    return Error{Fault::refused, log.error().detail +
                                     ". Restore a newer backup or an export; if there is none, "
                                     "start a new epoch: refledger log restore --help"};
  }

  // The anchor of the epoch before stays beside as evidence.
  Result<void> begin_epoch() const {
    const auto store = log::open_store(growing);
    if (!store) return store.error();
    if (Result<void> closed = complete_closing(home, **store); !closed) return closed;
    if (Result<void> aside = set_anchor_aside(home, settings.log_epoch); !aside) return aside;
    const auto anchor = log::FileAnchor::open(home.ledger_head(), machine_name());
    if (!anchor) return anchor.error();
    return log::start_epoch(**store, settings.origin(), *log_key, **anchor, SystemClock().now());
  }

  Result<void> put_in_place() const {
    std::error_code failed;
    std::filesystem::rename(growing, home.ledger(), failed);
    if (failed) return Error{Fault::storage, home.ledger().string() + ": " + failed.message()};
    return {};
  }
};

Result<TreeSize> restore(const Settings& settings, const std::filesystem::path& folder,
                         bool new_epoch) {
  Restoration restoration(settings);
  if (Result<void> prepared = restoration.prepare(); !prepared) return prepared.error();
  const log::ExportReader backup(folder);
  const Result<std::string> origin = restoration.name_of(backup, new_epoch);
  if (!origin) return origin.error();
  const Result<TreeSize> size = restoration.fill(backup, *origin);
  if (!size) return size;
  const Result<void> anchored = new_epoch ? restoration.begin_epoch() : restoration.meet_anchor();
  if (!anchored) return anchored.error();
  if (new_epoch) {
    const Result<void> kept = set_trust_file_aside(restoration.home, settings.log_epoch);
    if (!kept) return kept.error();
  }
  if (Result<void> placed = restoration.put_in_place(); !placed) return placed.error();
  // Writes the public files, which name the epochs, and syncs the folder.
  const Result<InitReport> told = initialise(settings, {});
  if (!told) return told.error();
  return size;
}

bool confirmed() {
  std::cerr << "Entries that the backup does not hold are given up, and the log goes on under "
               "another name.\nIs there really no newer backup, export or mirror? [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace

int log_backup(const Arguments& arguments) {
  if (arguments.words.size() != 2) {
    return wrong_use({Fault::malformed, "log backup needs a folder"});
  }
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return failed(settings.error());
  const Result<log::ExportReport> done = back_up(*settings, arguments.words[1]);
  if (!done) return failed(done.error());
  if (arguments.has("--json")) {
    const Json told{{"folder", arguments.words[1]},
                    {"size", done->size.leaves},
                    {"written", done->written},
                    {"kept", done->kept}};
    std::cout << told.dump(2) << "\n";
  } else {
    std::cout << done->size.leaves << " entries in " << arguments.words[1]
              << ", checked as they lie there\n";
  }
  return 0;
}

int log_restore(const Arguments& arguments) {
  if (arguments.words.size() != 2) {
    return wrong_use({Fault::malformed, "log restore needs a folder"});
  }
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return failed(settings.error());
  const bool new_epoch = arguments.has("--new-epoch");
  if (new_epoch && !arguments.has("--yes") && !confirmed()) {
    std::cerr << "Nothing was changed.\n";
    return kExitFailed;
  }
  const Result<TreeSize> size = restore(*settings, arguments.words[1], new_epoch);
  if (!size) return failed(size.error());
  if (arguments.has("--json")) {
    const Json told{{"origin", settings->origin()}, {"size", size->leaves}};
    std::cout << told.dump(2) << "\n";
  } else {
    std::cout << settings->origin() << ": " << size->leaves << " entries restored and checked\n";
  }
  return 0;
}

}  // namespace refledger::tools
