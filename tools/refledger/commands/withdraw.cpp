#include <iostream>

#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/tables.h"

namespace refledger::tools {
namespace {

constexpr const char* kWithdrawHelp = R"(refledger withdraw ID --config FILE [--yes] [--json]

Withdraws the reference with this number (26 characters). From then on it is
"genuine but no longer valid". This cannot be undone: a corrected reference is
issued as a new one.

  --yes                    do not ask

Exit: 0 withdrawn, 1 failed, 2 wrong use.
)";

bool confirmed() {
  std::cerr << "This cannot be undone. Withdraw the reference? [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

int run_withdraw(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(given, {"--config"}, {"--json", "--yes"}, 1);
  if (!arguments) return wrong_use(arguments.error());
  if (arguments->words.size() != 1) return wrong_use({Fault::malformed, "which reference?"});
  if (!arguments->has("--yes") && !confirmed()) {
    std::cerr << "Nothing was withdrawn.\n";
    return kExitFailed;
  }
  return ask_desk(*arguments, "/withdraw", {{"id", arguments->words.front()}}, withdrawn_table);
}

}  // namespace

Command withdraw_command() {
  return {"withdraw", "withdraw a reference for good", kWithdrawHelp, run_withdraw};
}

}  // namespace refledger::tools
