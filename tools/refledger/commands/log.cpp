#include <iostream>

#include "ledger/store/rocksdb_store.h"
#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/home.h"

namespace refledger::tools {
namespace {

constexpr const char* kLogHelp = R"(refledger log adopt --config FILE [--yes]

Makes this place and this machine's clock the right ones for the ledger. A ledger
refuses to start from a folder that was copied or moved, because two copies would
sign two histories. Use this after a move, once the other copy can never start
again, or after the clock had been wrong.

  --yes                    do not ask

Exit: 0 done, 1 failed, 2 wrong use.
)";

bool confirmed() {
  std::cerr << "Can the other copy of this ledger never start again? [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

// The store is held open meanwhile: no desk is writing.
Result<void> adopt(const Settings& settings) {
  const Home home(settings.data);
  const auto store = store::open_rocksdb(home.ledger(), log::kSpaces);
  if (!store) return store.error();
  return log::FileAnchor::adopt(home.ledger_head(), machine_name(), SystemClock().now());
}

int run_log(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(given, {"--config"}, {"--yes"}, 1);
  if (!arguments) return wrong_use(arguments.error());
  if (arguments->words != std::vector<std::string>{"adopt"}) {
    return wrong_use({Fault::malformed, "log what?"});
  }
  const Result<Settings> settings = settings_of(*arguments);
  if (!settings) return failed(settings.error());
  if (!arguments->has("--yes") && !confirmed()) {
    std::cerr << "Nothing was changed.\n";
    return kExitFailed;
  }
  if (Result<void> adopted = adopt(*settings); !adopted) return failed(adopted.error());
  std::cout << "This place counts from now on.\n";
  return 0;
}

}  // namespace

Command log_command() { return {"log", "look after the ledger", kLogHelp, run_log}; }

}  // namespace refledger::tools
