// Takes from a process what it does not need, before it opens its first socket.
//
// Source   landlock(7): path rules hold for this process and everything it starts
#pragma once

#include <filesystem>
#include <vector>

#include "ledger/core/result.h"

namespace refledger::tools {

struct Reach {
  std::vector<std::filesystem::path> read;   ///< files and folders that may be read
  std::vector<std::filesystem::path> write;  ///< folders that may also be written
};

/// From here on only `reach` can be opened, by this thread and those it starts.  Also sets
/// no_new_privs and turns core files off.  not_found where the kernel has no Landlock.
Result<void> confine(const Reach& reach);

}  // namespace refledger::tools
