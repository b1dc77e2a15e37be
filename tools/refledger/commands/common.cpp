#include "tools/refledger/commands/common.h"

#include <pwd.h>
#include <unistd.h>

#include <iostream>

#include "tools/refledger/commands/command.h"
#include "tools/refledger/control.h"

namespace refledger::tools {
namespace {

constexpr const char* kDefaultConfig = "/etc/refledger/refledger.conf";

}  // namespace

int wrong_use(const Error& error) {
  std::cerr << "refledger: " << error.detail << "\nTry --help.\n";
  return kExitWrongUse;
}

int failed(const Error& error) {
  std::cerr << "refledger: " << error.detail << "\n";
  return error.fault == Fault::malformed ? kExitWrongUse : kExitFailed;
}

std::string login_name() {
  const passwd* const entry = ::getpwuid(::getuid());
  return entry != nullptr ? entry->pw_name : "";
}

Result<Settings> settings_of(const Arguments& arguments) {
  return read_settings_so_far(arguments.value("--config", kDefaultConfig), {});
}

int ask_desk(const Arguments& arguments, const std::string& path, const Json& body,
             std::string (*to_table)(const Json&)) {
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return failed(settings.error());
  const Result<Json> answer = command(*settings, path, body);
  if (!answer) return failed(answer.error());
  std::cout << (arguments.has("--json") ? answer->dump(2) + "\n" : to_table(*answer));
  return 0;
}

}  // namespace refledger::tools
