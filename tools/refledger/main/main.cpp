// refledger: one program, several sub-commands.
#include <sys/resource.h>
#include <sys/stat.h>

#include <exception>
#include <iostream>

#include "tools/refledger/commands/each.h"
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

// No core file may hold a key; as many descriptors as the system allows, for connections.
void set_limits() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
}

int run(const Command& command, const std::vector<std::string>& arguments) {
  try {
    return command.run(arguments);
  } catch (const std::exception&) {
    std::cerr << "refledger: an unexpected error inside the program\n";
    return 70;  // EX_SOFTWARE
  }
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
  set_limits();
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
  return run(*command, rest);
}
