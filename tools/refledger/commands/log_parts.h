// The parts of `refledger log`, each a file of its own; each returns the exit code.
#pragma once

#include "tools/refledger/commands/common.h"

namespace refledger::tools {

int log_adopt(const Arguments& arguments);
int log_backup(const Arguments& arguments);
int log_restore(const Arguments& arguments);
int log_fsck(const Arguments& arguments);
int log_checkpoint(const Arguments& arguments);
int log_monitor(const Arguments& arguments);
int log_export(const Arguments& arguments);
int log_root(const Arguments& arguments);
int log_close(const Arguments& arguments);
int log_succeed(const Arguments& arguments);

}  // namespace refledger::tools
