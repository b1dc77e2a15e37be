#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/tables.h"

namespace refledger::tools {
namespace {

constexpr const char* kSyncHelp = R"(refledger sync --config FILE [--json]

Reads the HR system now, opens cases for new leavers and carries every case as
far as it goes. A running desk is asked to do it.

Exit: 0 done, 1 failed, 2 wrong use.
)";

int run_sync(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(given, {"--config"}, {"--json"}, 0);
  if (!arguments) return wrong_use(arguments.error());
  return ask_desk(*arguments, "/sync", {{"now", true}}, sync_table);
}

}  // namespace

Command sync_command() {
  return {"sync", "read the HR system now and issue what is due", kSyncHelp, run_sync};
}

}  // namespace refledger::tools
