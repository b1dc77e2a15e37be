// refledger: one program, several sub-commands.
#include <sys/stat.h>

#include <iostream>

#include "tools/refledger/commands.h"
#include "tools/refledger/stop.h"

namespace {

using refledger::tools::Command;
using refledger::tools::commands;

void print_overview(std::ostream& out) {
  out << "refledger COMMAND [options]\n\n"
         "Employment references that no one can forge and anyone can check.\n\n";
  for (const Command& command : commands()) {
    out << "  " << command.name << std::string(12 - std::string(command.name).size(), ' ')
        << command.summary << "\n";
  }
  out << "\n`refledger COMMAND --help` tells more. Settings: docs/operations.md.\n";
}

const Command* find(const std::string& name) {
  for (const Command& command : commands()) {
    if (name == command.name) return &command;
  }
  return nullptr;
}

}  // namespace

int main(int count, char** values) {
  refledger::tools::hold_stop_signals();
  ::umask(077);
  const std::vector<std::string> given(values + 1, values + count);
  if (given.empty() || given[0] == "--help" || given[0] == "help") {
    print_overview(given.empty() ? std::cerr : std::cout);
    return given.empty() ? refledger::tools::kExitWrongUse : 0;
  }
  const Command* const command = find(given[0]);
  if (command == nullptr) {
    std::cerr << "refledger: no command " << given[0] << "\n\n";
    print_overview(std::cerr);
    return refledger::tools::kExitWrongUse;
  }
  const std::vector<std::string> rest(given.begin() + 1, given.end());
  for (const std::string& each : rest) {
    if (each == "--help") {
      std::cout << command->help;
      return 0;
    }
  }
  return command->run(rest);
}
