#include "tools/refledger/scratch.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <utility>

namespace refledger::tools {
namespace {

constexpr const char* kPrefix = "refledger-public-";

// A descriptor that holds the folder's lock, or -1 if another process has it.
int lock_folder(const std::filesystem::path& path) {
  const int opened = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (opened < 0) return -1;
  struct stat about {};
  const bool ours = ::fstat(opened, &about) == 0 && about.st_uid == ::geteuid();
  if (ours && ::flock(opened, LOCK_EX | LOCK_NB) == 0) return opened;
  ::close(opened);
  return -1;
}

void remove_abandoned(const std::filesystem::path& parent) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(parent, ignored)) {
    if (!entry.path().filename().string().starts_with(kPrefix)) continue;
    const int lock = lock_folder(entry.path());
    if (lock < 0) continue;
    std::filesystem::remove_all(entry.path(), ignored);
    ::close(lock);
  }
}

}  // namespace

Result<Scratch> Scratch::make(const std::filesystem::path& parent) {
  remove_abandoned(parent);
  // Another process may take a folder for abandoned before it is locked: then make another one.
  for (int attempt = 0; attempt < 8; ++attempt) {
    std::string path = (parent / kPrefix).string() + "XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) break;
    const int lock = lock_folder(path);
    if (lock < 0) continue;
    if (std::filesystem::exists(path)) return Scratch(path, lock);
    ::close(lock);
  }
  return Error{Fault::storage, "create a folder in " + parent.string()};
}

Scratch::Scratch(Scratch&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

Scratch::~Scratch() {
  if (lock_ < 0) return;
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
  ::close(lock_);
}

}  // namespace refledger::tools
