#include <iostream>

#include "ledger/store/rocksdb_store.h"
#include "tools/refledger/commands/command.h"
#include "tools/refledger/commands/log_parts.h"
#include "tools/refledger/home.h"

namespace refledger::tools {
namespace {

bool confirmed() {
  std::cerr << "Can the other copy of this ledger never start again? [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

// The store is held open meanwhile: no desk is writing.
Result<void> adopt(const Settings& settings) {
  const Home home(settings.data);
  const auto store = log::open_store(home.ledger());
  if (!store) return store.error();
  return log::FileAnchor::adopt(home.ledger_head(), machine_name(), SystemClock().now());
}

}  // namespace

int log_adopt(const Arguments& arguments) {
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return failed(settings.error());
  if (!arguments.has("--yes") && !confirmed()) {
    std::cerr << "Nothing was changed.\n";
    return kExitFailed;
  }
  if (Result<void> adopted = adopt(*settings); !adopted) return failed(adopted.error());
  std::cout << "This place counts from now on.\n";
  return 0;
}

}  // namespace refledger::tools
