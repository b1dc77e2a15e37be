// The sign that a desk runs on a data folder, or is on its way: put up before it opens anything.
//
// Order    A command that finds no desk opens the stores itself, and while it has them no desk can.
//          A desk that is starting is waited for instead, or a script that asks again and again
//          would keep it out for good.
// State    A lock on DATA/desk.lock, which ends with its process, whatever ends that.
// Errors   conflict: another desk has it; not_found: there is no such folder; storage
// Source   fcntl_locking(2), open file description locks
#pragma once

#include <chrono>
#include <filesystem>

#include "ledger/core/result.h"

namespace refledger::tools {

class DeskLock {
 public:
  static Result<DeskLock> take(const std::filesystem::path& file);
  /// Whether any process has it.
  static bool is_taken(const std::filesystem::path& file);

  DeskLock(DeskLock&& other) noexcept;
  ~DeskLock();
  DeskLock(const DeskLock&) = delete;
  DeskLock& operator=(const DeskLock&) = delete;

 private:
  explicit DeskLock(int file) : file_(file) {}
  int file_;
};

}  // namespace refledger::tools
