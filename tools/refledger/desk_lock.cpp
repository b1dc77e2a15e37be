#include "tools/refledger/desk_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace refledger::tools {
namespace {

struct flock whole_file(short kind) {
  struct flock whole {};
  whole.l_type = kind;
  whole.l_whence = SEEK_SET;
  return whole;
}

Error failed(const std::filesystem::path& file) {
  const Fault fault = errno == ENOENT ? Fault::not_found : Fault::storage;
  return {fault, "lock " + file.string() + ": " + std::strerror(errno)};
}

}  // namespace

Result<DeskLock> DeskLock::take(const std::filesystem::path& file) {
  const int opened = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (opened < 0) return failed(file);
  DeskLock lock(opened);
  struct flock whole = whole_file(F_WRLCK);
  if (::fcntl(opened, F_OFD_SETLK, &whole) == 0) return lock;
  if (errno != EAGAIN && errno != EACCES) return failed(file);
  return Error{Fault::conflict, "the data folder is in use by another desk"};
}

bool DeskLock::is_taken(const std::filesystem::path& file) {
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (opened < 0) return false;
  const DeskLock closing(opened);
  struct flock whole = whole_file(F_RDLCK);
  return ::fcntl(opened, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
}

DeskLock::DeskLock(DeskLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
DeskLock::~DeskLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace refledger::tools
