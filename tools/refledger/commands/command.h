// One sub-command of `refledger`.
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

constexpr int kExitWrongUse = 2;
constexpr int kExitFailed = 1;

}  // namespace refledger::tools
