#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/tables.h"

namespace refledger::tools {
namespace {

constexpr const char* kLeaversHelp = R"(refledger leavers --config FILE [--former] [--json]

Lists every case: who left when, how far the reference is, and what a case that
waits is waiting for.

  --former                 everybody whose employment is over, by id and dates, also
                           those who left before; `refledger open ID` opens a case

Exit: 0 done, 1 failed, 2 wrong use.
)";

int run_leavers(const std::vector<std::string>& given) {
  const Result<Arguments> arguments =
      parse_arguments(given, {"--config"}, {"--json", "--former"}, 0);
  if (!arguments) return wrong_use(arguments.error());
  if (arguments->has("--former")) {
    return ask_desk(*arguments, "/former", Json::object(), former_table);
  }
  const int listed = ask_desk(*arguments, "/cases", Json::object(), cases_table);
  if (listed != 0 || arguments->has("--json")) return listed;
  return ask_desk(*arguments, "/reading", Json::object(), reading_table);
}

}  // namespace

Command leavers_command() {
  return {"leavers", "list every case and what it waits for", kLeaversHelp, run_leavers};
}

}  // namespace refledger::tools
