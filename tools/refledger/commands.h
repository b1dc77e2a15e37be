// The sub-commands of `refledger`, each with its own --help.
#pragma once

#include <string>
#include <vector>

namespace refledger::tools {

struct Command {
  const char* name;
  const char* summary;  ///< one line
  const char* help;     ///< whole text of --help
  int (*run)(const std::vector<std::string>& arguments);
};

const std::vector<Command>& commands();

constexpr int kExitWrongUse = 2;
constexpr int kExitFailed = 1;

}  // namespace refledger::tools
