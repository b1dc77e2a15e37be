// `refledger log root`, `log close`, `log succeed`: the end of a log, by the root key.
#include <iostream>

#include "ledger/core/encoding.h"
#include "tools/refledger/closing.h"
#include "tools/refledger/commands/command.h"
#include "tools/refledger/commands/log_parts.h"

namespace refledger::tools {
namespace {

bool confirmed(const char* question) {
  std::cerr << question << " [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

Json to_json(const format::Closing& closing) {
  return {{"origin", closing.last.origin},
          {"size", closing.last.size.leaves},
          {"root", to_base64(closing.last.root.view())},
          {"key_stolen", closing.key_stolen},
          {"next", closing.next ? Json(format::format_vkey(*closing.next)) : Json()}};
}

int conclude(const Arguments& arguments, const Result<format::Closing>& done) {
  if (!done) return failed(done.error());
  if (arguments.has("--json")) {
    std::cout << to_json(*done).dump(2) << "\n";
    return 0;
  }
  std::cout << done->last.origin << " ends at " << done->last.size.leaves << " entries";
  if (done->next) std::cout << " and goes on as\n" << format::format_vkey(*done->next);
  std::cout << "\n";
  return 0;
}

}  // namespace

int log_root(const Arguments& arguments) {
  if (arguments.words.size() != 2) return wrong_use({Fault::malformed, "log root needs a file"});
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return failed(settings.error());
  const Result<format::NoteKey> root = make_root_key(*settings, arguments.words[1]);
  if (!root) return failed(root.error());
  std::cout << format::format_vkey(*root) << "\nPrint " << arguments.words[1]
            << ", keep the page away from this machine, then delete the file.\n";
  return 0;
}

int log_close(const Arguments& arguments) {
  const std::string root = arguments.value("--root-key");
  if (root.empty()) return wrong_use({Fault::malformed, "log close needs --root-key"});
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return failed(settings.error());
  const bool sure = arguments.has("--yes") ||
                    confirmed("Nothing can be appended to this log ever again. Close it?");
  if (!sure) {
    std::cerr << "Nothing was changed.\n";
    return kExitFailed;
  }
  return conclude(arguments, close_log(*settings, root, arguments.has("--key-stolen")));
}

int log_succeed(const Arguments& arguments) {
  const std::string root = arguments.value("--root-key");
  if (root.empty()) return wrong_use({Fault::malformed, "log succeed needs --root-key"});
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return failed(settings.error());
  return conclude(arguments, succeed_log(*settings, root));
}

}  // namespace refledger::tools
