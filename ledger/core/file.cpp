#include "ledger/core/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace refledger {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  int close() {
    const int result = fd_ < 0 ? 0 : ::close(fd_);
    fd_ = -1;
    return result;
  }

 private:
  int fd_;
};

Error failed(const char* step, const std::filesystem::path& path) {
  const int reason = errno;
  return {reason == ENOENT ? Fault::not_found : Fault::storage,
          std::string(step) + " " + path.string() + ": " + std::strerror(reason)};
}

Result<void> sync_folder(const std::filesystem::path& folder) {
  const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (open.get() < 0 || ::fsync(open.get()) != 0) return failed("sync", folder);
  return {};
}

Result<void> write_all(int fd, ByteView content, const std::filesystem::path& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed("write", path);
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace

Result<Bytes> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return failed("open", path);
  Bytes content;
  std::array<std::uint8_t, 65536> part{};
  for (;;) {
    const ssize_t got = ::read(file.get(), part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("read", path);
    if (got == 0) return content;
    content.insert(content.end(), part.begin(), part.begin() + got);
    if (content.size() > max_bytes) {
      return Error{Fault::out_of_range,
                   path.string() + ": longer than " + std::to_string(max_bytes) + " bytes"};
    }
  }
}

Result<void> write_file(const std::filesystem::path& path, ByteView content, unsigned mode) {
  std::filesystem::path temporary = path;
  temporary += ".new";
  Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  if (file.get() < 0) return failed("create", temporary);
  if (Result<void> written = write_all(file.get(), content, temporary); !written) return written;
  if (::fchmod(file.get(), mode) != 0 || ::fsync(file.get()) != 0 || file.close() != 0) {
    return failed("sync", temporary);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) return failed("rename", path);
  return sync_folder(path.has_parent_path() ? path.parent_path() : ".");
}

Result<void> make_private_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return Error{Fault::storage, "create " + path.string() + ": " + error.message()};
  std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
  if (error) return Error{Fault::storage, "protect " + path.string() + ": " + error.message()};
  return {};
}

}  // namespace refledger
