// A disk that fails as told, or that writes down what is done to it: for LD_PRELOAD.
//
// Environment
//   DISK_ROOT     the folder that is watched; nothing outside it is touched
//   DISK_NOTES    the file into which the program says what it has acknowledged (outside the root)
//   DISK_JOURNAL  write every change down here (disk_events.h); then nothing is really synced
//   DISK_DROP     a sync of a path that ends so is answered and not done
//   DISK_FAIL     CALL:NTH:ERRNO[:on]  the NTH call fails ("on": and every later one).  CALL: open,
//                 write, sync, rename, unlink, truncate, allocate, mkdir or any.  ERRNO 0: a write
//                 does half of it, another call nothing special; ERRNO kill: SIGKILL before the
//                 call. A line "! CALL PATH" goes into the notes.
//   DISK_ONCE     a file made at the first failure; where it exists, nothing fails any more
//
// Threads  Watched calls wait for each other, so that the journal has them in their order.
#undef _FORTIFY_SOURCE  // it would define open() itself
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>

#include "disk_events.h"

namespace {

using refledger::test::DiskEvent;
using refledger::test::DiskEventHead;

constexpr int kFiles = 4096;

template <class Call>
Call next(const char* name) {
  return reinterpret_cast<Call>(dlsym(RTLD_NEXT, name));
}

struct OpenFile {
  std::uint64_t number = 0;  // 0: not watched
  bool is_notes = false;
  bool appends = false;
  std::string path;
};

class Disk {
 public:
  static Disk& here() {
    static Disk* const disk = new Disk;  // for ever: files are closed after static destructors
    return *disk;
  }

  bool watches(const std::string& path) const {
    return !root_.empty() && path.starts_with(root_) &&
           (path.size() == root_.size() || path[root_.size()] == '/');
  }
  bool is_notes(const std::string& path) const { return !notes_.empty() && path == notes_; }

  /// Whether this call fails; then errno is set.  Half: a write that shall do half of its work.
  enum class Fate { done, fails, half };
  Fate fate(const char* call, const std::string& path) {
    if (fail_call_.empty() || (fail_call_ != call && fail_call_ != "any")) return Fate::done;
    if (!once_.empty() && ::access(once_.c_str(), F_OK) == 0) return Fate::done;
    ++calls_;
    if (calls_ < fail_at_ || (calls_ > fail_at_ && !fail_on_)) return Fate::done;
    if (calls_ == fail_at_) tell(call, path);
    if (fail_kill_) ::kill(::getpid(), SIGKILL);
    if (fail_errno_ == 0) return Fate::half;
    errno = fail_errno_;
    return Fate::fails;
  }

  void record(DiskEvent kind, std::uint64_t file, std::uint64_t offset, const void* one = nullptr,
              std::size_t one_size = 0, const std::string& two = {}) const {
    if (journal_ < 0) return;
    const DiskEventHead head{kind, file, offset, static_cast<std::uint32_t>(one_size),
                             static_cast<std::uint32_t>(two.size())};
    std::string event(reinterpret_cast<const char*>(&head), sizeof head);
    event.append(static_cast<const char*>(one), one_size);
    event += two;
    for (std::size_t done = 0; done < event.size();) {
      const long written = ::syscall(SYS_write, journal_, event.data() + done, event.size() - done);
      if (written < 0) std::abort();
      done += static_cast<std::size_t>(written);
    }
  }
  void record_path(DiskEvent kind, const std::string& path, const std::string& two = {}) const {
    record(kind, 0, 0, path.data(), path.size(), two);
  }

  OpenFile* file(int fd) {
    if (fd < 0 || fd >= kFiles || (files_[fd].number == 0 && !files_[fd].is_notes)) return nullptr;
    return &files_[fd];
  }
  void opened(int fd, const std::string& path, int flags) {
    if (fd < 0 || fd >= kFiles) return;
    files_[fd] = {};
    if (is_notes(path)) files_[fd].is_notes = true;
    if (!watches(path)) return;
    files_[fd].number = (static_cast<std::uint64_t>(::getpid()) << 32) + ++count_;
    files_[fd].appends = (flags & O_APPEND) != 0;
    files_[fd].path = path;
    struct stat is {};
    const bool folder = ::fstat(fd, &is) == 0 && S_ISDIR(is.st_mode);
    record(folder ? DiskEvent::open_folder : DiskEvent::open_file, files_[fd].number,
           static_cast<std::uint64_t>(flags), path.data(), path.size());
  }
  void closed(int fd) {
    if (fd >= 0 && fd < kFiles) files_[fd] = {};
  }

  bool records() const { return journal_ >= 0; }
  bool drops(const std::string& path) const { return !drop_.empty() && path.ends_with(drop_); }

  std::recursive_mutex one_at_a_time;

 private:
  Disk() {
    root_ = value("DISK_ROOT");
    notes_ = value("DISK_NOTES");
    drop_ = value("DISK_DROP");
    once_ = value("DISK_ONCE");
    const std::string journal = value("DISK_JOURNAL");
    if (!journal.empty()) {
      journal_ = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, journal.c_str(),
                                            O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
      if (journal_ < 0) std::abort();
    }
    std::string fail = value("DISK_FAIL");
    if (fail.empty()) return;
    const auto part = [&fail] {
      const std::size_t end = std::min(fail.find(':'), fail.size());
      std::string taken = fail.substr(0, end);
      fail.erase(0, end + 1);
      return taken;
    };
    fail_call_ = part();
    fail_at_ = std::strtoul(part().c_str(), nullptr, 10);
    const std::string reason = part();
    fail_kill_ = reason == "kill";
    fail_errno_ = std::atoi(reason.c_str());
    fail_on_ = part() == "on";
  }

  static std::string value(const char* name) {
    const char* found = std::getenv(name);
    return found == nullptr ? "" : found;
  }

  void tell(const char* call, const std::string& path) const {
    if (!once_.empty()) {
      const long made = ::syscall(SYS_openat, AT_FDCWD, once_.c_str(), O_WRONLY | O_CREAT, 0600);
      if (made >= 0) ::syscall(SYS_close, made);
    }
    if (notes_.empty()) return;
    const long notes = ::syscall(SYS_openat, AT_FDCWD, notes_.c_str(),
                                 O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (notes < 0) std::abort();
    const std::string line = std::string("! ") + call + " " + path + "\n";
    if (::syscall(SYS_write, notes, line.data(), line.size()) < 0) std::abort();
    ::syscall(SYS_close, notes);
  }

  std::string root_, notes_, drop_, once_;
  int journal_ = -1;
  std::string fail_call_;
  unsigned long fail_at_ = 0;
  int fail_errno_ = 0;
  bool fail_on_ = false;
  bool fail_kill_ = false;
  unsigned long calls_ = 0;
  std::uint64_t count_ = 0;
  OpenFile files_[kFiles];
};

std::string absolute(const char* path) {
  if (path[0] == '/') return path;
  char folder[PATH_MAX];
  if (::getcwd(folder, sizeof folder) == nullptr) return path;
  return std::string(folder) + "/" + path;
}

using Fate = Disk::Fate;

int open_watched(const char* name, int flags, mode_t mode) {
  static const auto real = next<int (*)(const char*, int, ...)>("open");
  Disk& disk = Disk::here();
  const std::string path = absolute(name);
  if (!disk.watches(path) && !disk.is_notes(path)) {
    const int fd = real(name, flags, mode);
    disk.closed(fd);
    return fd;
  }
  const std::lock_guard lock(disk.one_at_a_time);
  if (disk.watches(path) && disk.fate("open", path) == Fate::fails) return -1;
  const int fd = real(name, flags, mode);
  disk.opened(fd, path, flags);
  return fd;
}

// Writes `size` bytes at `offset`, or where the file stands.
ssize_t write_watched(int fd, const void* data, std::size_t size, const off_t* offset) {
  static const auto write = next<ssize_t (*)(int, const void*, std::size_t)>("write");
  static const auto pwrite = next<ssize_t (*)(int, const void*, std::size_t, off_t)>("pwrite");
  Disk& disk = Disk::here();
  const auto plain = [&](std::size_t bytes) {
    return offset == nullptr ? write(fd, data, bytes) : pwrite(fd, data, bytes, *offset);
  };
  OpenFile* const file = disk.file(fd);
  if (file == nullptr) return plain(size);
  const std::lock_guard lock(disk.one_at_a_time);
  if (file->is_notes) {
    const ssize_t said = plain(size);
    if (said > 0) disk.record(DiskEvent::note, 0, 0, data, static_cast<std::size_t>(said));
    return said;
  }
  const Fate fate = disk.fate("write", file->path);
  if (fate == Fate::fails) return -1;
  if (fate == Fate::half && size > 1) size /= 2;
  const ssize_t written = plain(size);
  if (written <= 0) return written;
  // Where a plain write ended, also with O_APPEND.
  const off_t at =
      offset != nullptr && !file->appends ? *offset : ::lseek(fd, 0, SEEK_CUR) - written;
  disk.record(DiskEvent::write, file->number, static_cast<std::uint64_t>(at), data,
              static_cast<std::size_t>(written));
  return written;
}

int sync_watched(int fd, const char* name) {
  const auto real = next<int (*)(int)>(name);
  Disk& disk = Disk::here();
  OpenFile* const file = disk.file(fd);
  if (file == nullptr) return real(fd);
  const std::lock_guard lock(disk.one_at_a_time);
  if (disk.fate("sync", file->path) == Fate::fails) return -1;
  if (disk.drops(file->path)) return 0;
  disk.record(DiskEvent::sync, file->number, 0);
  return disk.records() ? 0 : real(fd);
}

// One name or two: rename, link, unlink, mkdir, rmdir.
template <class Call>
int change_name(const char* call, DiskEvent kind, const char* one, const char* two, Call&& real) {
  Disk& disk = Disk::here();
  const std::string path = absolute(one);
  if (!disk.watches(path)) return real();
  const std::lock_guard lock(disk.one_at_a_time);
  if (disk.fate(call, path) == Fate::fails) return -1;
  const int done = real();
  if (done == 0) disk.record_path(kind, path, two == nullptr ? "" : absolute(two));
  return done;
}

mode_t mode_in(int flags, va_list& rest) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return open_watched(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return open_watched(path, flags, mode);
}
int __open_2(const char* path, int flags) { return open_watched(path, flags, 0); }
int __open64_2(const char* path, int flags) { return open_watched(path, flags, 0); }

int close(int fd) {
  static const auto real = next<int (*)(int)>("close");
  Disk& disk = Disk::here();
  if (disk.file(fd) == nullptr) return real(fd);
  const std::lock_guard lock(disk.one_at_a_time);
  disk.closed(fd);
  return real(fd);
}

ssize_t write(int fd, const void* data, size_t size) {
  return write_watched(fd, data, size, nullptr);
}
ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
  return write_watched(fd, data, size, &offset);
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset) {
  return write_watched(fd, data, size, &offset);
}
// Piece by piece: as good as one call, and one way to record.
ssize_t writev(int fd, const iovec* parts, int count) {
  static const auto real = next<ssize_t (*)(int, const iovec*, int)>("writev");
  if (Disk::here().file(fd) == nullptr) return real(fd, parts, count);
  ssize_t done = 0;
  for (int at = 0; at < count; ++at) {
    const ssize_t written = write_watched(fd, parts[at].iov_base, parts[at].iov_len, nullptr);
    if (written < 0) return done > 0 ? done : written;
    done += written;
    if (static_cast<size_t>(written) < parts[at].iov_len) break;
  }
  return done;
}
ssize_t pwritev(int fd, const iovec* parts, int count, off_t offset) {
  static const auto real = next<ssize_t (*)(int, const iovec*, int, off_t)>("pwritev");
  if (Disk::here().file(fd) == nullptr) return real(fd, parts, count, offset);
  ssize_t done = 0;
  for (int at = 0; at < count; ++at) {
    const off_t here = offset + done;
    const ssize_t written = write_watched(fd, parts[at].iov_base, parts[at].iov_len, &here);
    if (written < 0) return done > 0 ? done : written;
    done += written;
    if (static_cast<size_t>(written) < parts[at].iov_len) break;
  }
  return done;
}

int fsync(int fd) { return sync_watched(fd, "fsync"); }
int fdatasync(int fd) { return sync_watched(fd, "fdatasync"); }

int ftruncate(int fd, off_t length) {
  static const auto real = next<int (*)(int, off_t)>("ftruncate");
  Disk& disk = Disk::here();
  OpenFile* const file = disk.file(fd);
  if (file == nullptr) return real(fd, length);
  const std::lock_guard lock(disk.one_at_a_time);
  if (disk.fate("truncate", file->path) == Fate::fails) return -1;
  const int done = real(fd, length);
  if (done == 0) disk.record(DiskEvent::truncate, file->number, static_cast<std::uint64_t>(length));
  return done;
}
// Sets room aside and may lengthen the file; the length is on disk with the next sync.
int fallocate(int fd, int mode, off_t offset, off_t length) {
  static const auto real = next<int (*)(int, int, off_t, off_t)>("fallocate");
  Disk& disk = Disk::here();
  OpenFile* const file = disk.file(fd);
  if (file == nullptr) return real(fd, mode, offset, length);
  const std::lock_guard lock(disk.one_at_a_time);
  if (disk.fate("allocate", file->path) == Fate::fails) return -1;
  struct stat before {
  }, after{};
  ::fstat(fd, &before);
  const int done = real(fd, mode, offset, length);
  ::fstat(fd, &after);
  if (done == 0 && after.st_size != before.st_size) {
    disk.record(DiskEvent::truncate, file->number, static_cast<std::uint64_t>(after.st_size));
  }
  return done;
}

int rename(const char* from, const char* to) noexcept {
  static const auto real = next<int (*)(const char*, const char*)>("rename");
  return change_name("rename", DiskEvent::rename, from, to, [&] { return real(from, to); });
}
int link(const char* from, const char* to) noexcept {
  static const auto real = next<int (*)(const char*, const char*)>("link");
  return change_name("rename", DiskEvent::link, from, to, [&] { return real(from, to); });
}
int unlink(const char* path) noexcept {
  static const auto real = next<int (*)(const char*)>("unlink");
  return change_name("unlink", DiskEvent::unlink, path, nullptr, [&] { return real(path); });
}
int remove(const char* path) noexcept {
  static const auto real = next<int (*)(const char*)>("remove");
  return change_name("unlink", DiskEvent::unlink, path, nullptr, [&] { return real(path); });
}
int mkdir(const char* path, mode_t mode) noexcept {
  static const auto real = next<int (*)(const char*, mode_t)>("mkdir");
  return change_name("mkdir", DiskEvent::make_folder, path, nullptr,
                     [&] { return real(path, mode); });
}
int rmdir(const char* path) noexcept {
  static const auto real = next<int (*)(const char*)>("rmdir");
  return change_name("unlink", DiskEvent::remove_folder, path, nullptr, [&] { return real(path); });
}
}
