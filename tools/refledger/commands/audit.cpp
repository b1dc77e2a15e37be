#include <iostream>

#include "ledger/core/file.h"
#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/control.h"
#include "tools/refledger/home.h"

namespace refledger::tools {
namespace {

constexpr std::size_t kMaxLog = std::size_t{1} << 30;

constexpr const char* kAuditHelp = R"(refledger audit --config FILE [--export] [--json]

Checks the audit log: that every line follows from the one before, and that none
is missing at the end.

  --export   the log itself on standard output, once it has passed

Exit: 0 sound, 1 lines are missing or were changed, 2 wrong use.
)";

std::string audit_table(const Json& head) {
  return "Sound: " + std::to_string(head.value("lines", std::uint64_t{0})) + " lines, the last " +
         head.value("hash", "") + "\n";
}

int run_audit(const std::vector<std::string>& given) {
  const Result<Arguments> arguments =
      parse_arguments(given, {"--config"}, {"--export", "--json"}, 0);
  if (!arguments) return wrong_use(arguments.error());
  if (!arguments->has("--export")) {
    return ask_desk(*arguments, "/audit", Json::object(), audit_table);
  }
  const Result<Settings> settings = settings_of(*arguments);
  if (!settings) return failed(settings.error());
  const Result<Json> head = command(*settings, "/audit", Json::object());
  if (!head) return failed(head.error());
  const Result<Bytes> lines = read_file(Home(settings->data).audit(), kMaxLog);
  if (!lines) return failed(lines.error());
  std::cout << text_of(*lines);
  return 0;
}

}  // namespace

Command audit_command() {
  return {"audit", "check the audit log, and export it", kAuditHelp, run_audit};
}

}  // namespace refledger::tools
