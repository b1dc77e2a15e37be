// `refledger log checkpoint` and `refledger log export`: what the ledger shows, for others.
#include <iostream>

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"
#include "ledger/log/export.h"
#include "tools/refledger/commands/command.h"
#include "tools/refledger/commands/log_parts.h"
#include "tools/refledger/ledger_reader.h"
#include "tools/refledger/stop.h"

namespace refledger::tools {
namespace {

struct Opened {
  LedgerReader ledger;
  log::View view;
};

Result<Opened> open_view(const Arguments& arguments) {
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return settings.error();
  Result<LedgerReader> ledger = LedgerReader::open(*settings);
  if (!ledger) return ledger.error();
  Result<log::View> view = log::View::open(ledger->store());
  if (!view) return view.error();
  return Opened{*std::move(ledger), *std::move(view)};
}

}  // namespace

int log_checkpoint(const Arguments& arguments) {
  const Result<Opened> opened = open_view(arguments);
  if (!opened) return failed(opened.error());
  const format::Checkpoint& checkpoint = opened->view.checkpoint();
  const std::string& note = opened->view.signed_checkpoint();
  if (arguments.has("--json")) {
    const Json told{{"origin", checkpoint.origin},
                    {"size", checkpoint.size.leaves},
                    {"root", to_base64(checkpoint.root.view())},
                    {"checkpoint", note},
                    {"vkey", format::format_vkey(opened->ledger.log_key())}};
    std::cout << told.dump(2) << "\n";
  } else {
    std::cout << note;
  }
  return 0;
}

int log_export(const Arguments& arguments) {
  if (arguments.words.size() != 2) {
    return wrong_use({Fault::malformed, "log export needs a folder"});
  }
  const Result<Opened> opened = open_view(arguments);
  if (!opened) return failed(opened.error());
  const std::string& folder = arguments.words[1];
  const Result<log::ExportReport> done = log::export_log(
      opened->view, folder,
      [](TreeSize, TreeSize) { return !stop_asked_within(std::chrono::milliseconds(0)); });
  if (!done) return failed(done.error());
  if (arguments.has("--json")) {
    const Json told{{"folder", folder},
                    {"size", done->size.leaves},
                    {"written", done->written},
                    {"kept", done->kept}};
    std::cout << told.dump(2) << "\n";
  } else {
    std::cout << done->size.leaves << " entries in " << folder << ": " << done->written
              << " files written, " << done->kept << " were there\n";
  }
  return 0;
}

}  // namespace refledger::tools
