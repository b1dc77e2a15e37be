// A folder on a tmpfs that belongs to this process for as long as it runs.
//
// State    The folder is locked (flock) by its process, so that one left behind by kill -9 is known
//          by its missing lock; the next process of the same user removes it.
// Errors   storage
#pragma once

#include <filesystem>

#include "ledger/core/result.h"

namespace refledger::tools {

class Scratch {
 public:
  /// Makes one in `parent` and removes those that nobody holds any more.
  static Result<Scratch> make(const std::filesystem::path& parent = "/dev/shm");

  Scratch(Scratch&& other) noexcept;
  Scratch& operator=(Scratch&&) = delete;
  /// Empties the folder and removes it.  A confined process can only empty it.
  ~Scratch();

  const std::filesystem::path& path() const { return path_; }

 private:
  Scratch(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::filesystem::path path_;
  int lock_;
};

}  // namespace refledger::tools
