// Waiting until the process is asked to stop.
#pragma once

#include <chrono>

namespace refledger::tools {

/// Blocks SIGTERM and SIGINT in this thread and those it starts later; call it first in main.
void hold_stop_signals();

/// Waits for a stop signal at most that long; true if one came.
bool stop_asked_within(std::chrono::milliseconds time);

}  // namespace refledger::tools
