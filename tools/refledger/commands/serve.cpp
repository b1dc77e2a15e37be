#include "tools/refledger/serve.h"
#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"

namespace refledger::tools {
namespace {

constexpr const char* kServeHelp = R"(refledger serve --config FILE [--only desk|verify]

Runs the service until it is stopped (SIGTERM): the desk, which reads the HR
system and issues references, and the public endpoint, which answers
verifications. They are two processes; the public one can read the ledger and
the sealed records and nothing else.

  --config FILE            settings (default /etc/refledger/refledger.conf)
  --only desk|verify       just one of the two

Exit: 0 stopped, 75 storage fault (start it again), 78 settings or data unusable.
)";

int run_serve(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(given, {"--config", "--only"}, {}, 0);
  if (!arguments) return wrong_use(arguments.error());
  const Result<Settings> settings = settings_of(*arguments);
  if (!settings) {
    failed(settings.error());
    return kExitUnusable;
  }
  if (!settings->missing.empty() && !settings->desk_web) {
    failed({Fault::malformed, settings->missing.front() + " is missing"});
    return kExitUnusable;
  }
  const std::string only = arguments->value("--only");
  if (only.empty()) return serve_both(*settings);
  if (only == "desk") return serve_desk(*settings);
  if (only == "verify") return serve_public(*settings);
  return wrong_use({Fault::malformed, "--only takes desk or verify"});
}

}  // namespace

Command serve_command() {
  return {"serve", "run the desk and the public endpoint", kServeHelp, run_serve};
}

}  // namespace refledger::tools
