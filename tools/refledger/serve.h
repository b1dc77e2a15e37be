// `refledger serve`: two processes under one parent.
//
// State    desk: the only writer, holds every key.  public: follows ledger and records, is confined
//          to them, holds no key.  The parent starts a process again that ended, with a growing
//          pause, and stops both when it is stopped.
// Errors   A process that finds its settings or its data unusable ends with 78 (EX_CONFIG).  At the
//          first start the parent then stops too; later it keeps the other process running.
#pragma once

#include "tools/refledger/settings.h"

namespace refledger::tools {

constexpr int kExitUnusable = 78;
constexpr int kExitFailStop = 75;  ///< a storage fault: start again and recover

int serve_desk(const Settings& settings);
int serve_public(const Settings& settings);
int serve_both(const Settings& settings);

}  // namespace refledger::tools
