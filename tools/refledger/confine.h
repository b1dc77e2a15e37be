// Takes from a process what it does not need, before it opens its first socket.
//
// Source   landlock(7), seccomp(2): both hold for this process and everything it starts
#pragma once

#include <filesystem>
#include <vector>

#include "ledger/core/result.h"

namespace refledger::tools {

struct Reach {
  std::vector<std::filesystem::path> read;   ///< files and folders that may be read
  std::vector<std::filesystem::path> write;  ///< folders that may also be written
};

/// From here on this thread and those it starts can open only `reach`, and can neither connect to
/// anything, start a program, nor signal or look into another process.  not_found where the kernel
/// has no Landlock.
Result<void> confine(const Reach& reach);

}  // namespace refledger::tools
