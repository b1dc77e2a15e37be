#include "tools/refledger/stop.h"

#include <csignal>

namespace refledger::tools {
namespace {

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

void hold_stop_signals() {
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool stop_asked_within(std::chrono::milliseconds time) {
  const sigset_t set = stop_signals();
  timespec wait{};
  wait.tv_sec = time.count() / 1000;
  wait.tv_nsec = (time.count() % 1000) * 1000000;
  return sigtimedwait(&set, nullptr, &wait) > 0;
}

}  // namespace refledger::tools
