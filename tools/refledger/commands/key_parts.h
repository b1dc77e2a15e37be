// The parts of `refledger key` that concern the ledger; each returns the exit code.
#pragma once

#include "tools/refledger/commands/common.h"

namespace refledger::tools {

int key_list(const Arguments& arguments);
int key_rotate(const Arguments& arguments);
int key_retire(const Arguments& arguments);
int key_recovery(const Arguments& arguments);

}  // namespace refledger::tools
