#include "ledger/records/share_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "ledger/core/hash.h"

namespace refledger::records {
namespace {

constexpr std::size_t kSlotBytes = 64;
constexpr std::string_view kMagic = "RFSHARE1";
constexpr std::size_t kCheckBytes = kSlotBytes - Share::length - kMagic.size();
constexpr std::uint64_t kMaxSlots = std::uint64_t{1} << 48;  // far from the end of an offset

using Slot = std::array<std::uint8_t, kSlotBytes>;

Error failed(const char* step) {
  const int reason = errno;
  return {Fault::storage, std::string("shares: ") + step + ": " + std::strerror(reason)};
}

// The slot's number is in the check, so a slot moved to another place is noticed.
Slot encode(std::uint64_t number, const Share& share) {
  std::array<std::uint8_t, 8> place{};
  for (std::size_t at = 0; at < place.size(); ++at) {
    place[at] = static_cast<std::uint8_t>(number >> (56 - 8 * at));
  }
  const Sha256 check = sha256({share.view(), place});
  Slot slot{};
  auto out = std::copy(share.bytes.begin(), share.bytes.end(), slot.begin());
  out = std::copy(kMagic.begin(), kMagic.end(), out);
  std::copy_n(check.begin(), kCheckBytes, out);
  return slot;
}

// Makes the name durable too; once, when the file is opened.
Result<void> sync_with_folder(int fd, const std::filesystem::path& path) {
  if (::fsync(fd) != 0) return failed("sync");
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const int parent = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (parent < 0) return failed("open folder");
  const bool synced = ::fsync(parent) == 0;
  const Error error = failed("sync folder");
  ::close(parent);
  return synced ? Result<void>() : Result<void>(error);
}

off_t offset_of(std::uint64_t slot) { return static_cast<off_t>(slot * kSlotBytes); }

}  // namespace

ShareFile::ShareFile(ShareFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

ShareFile::~ShareFile() {
  if (fd_ >= 0) ::close(fd_);
}

Result<ShareFile> ShareFile::open(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return failed(("open " + path.string()).c_str());
  ShareFile file(fd);
  if (Result<void> synced = sync_with_folder(fd, path); !synced) return synced.error();
  return file;
}

Result<ShareFile> ShareFile::open_to_read(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return failed(("open " + path.string()).c_str());
  return ShareFile(fd);
}

Result<std::uint64_t> ShareFile::slots() const {
  struct stat about {};
  if (::fstat(fd_, &about) != 0) return failed("look at");
  const auto bytes = static_cast<std::uint64_t>(about.st_size);
  return (bytes + kSlotBytes - 1) / kSlotBytes;
}

Result<Share> ShareFile::read(std::uint64_t slot) const {
  if (slot >= kMaxSlots) return Error{Fault::storage, "shares: no such slot"};
  Slot found{};
  ssize_t got = 0;
  do {
    got = ::pread(fd_, found.data(), found.size(), offset_of(slot));
  } while (got < 0 && errno == EINTR);
  if (got < 0) return failed("read");
  if (got != static_cast<ssize_t>(kSlotBytes)) {
    return Error{Fault::storage, "shares: slot " + std::to_string(slot) + " is missing"};
  }
  if (found == Slot{}) return Error{Fault::not_found, "shares: erased"};
  const Share share = *Share::from(ByteView(found).first(Share::length));
  if (found != encode(slot, share)) {
    return Error{Fault::storage, "shares: slot " + std::to_string(slot) + " is damaged"};
  }
  return share;
}

Result<void> ShareFile::write(std::uint64_t slot, const Share& share) {
  return put(slot, encode(slot, share));
}

Result<void> ShareFile::zero(std::uint64_t slot) { return put(slot, Slot{}); }

Result<void> ShareFile::put(std::uint64_t slot, ByteView bytes) {
  if (slot >= kMaxSlots) return Error{Fault::storage, "shares: no such slot"};
  ssize_t written = 0;
  do {
    written = ::pwrite(fd_, bytes.data(), bytes.size(), offset_of(slot));
  } while (written < 0 && errno == EINTR);
  if (written < 0) return failed("write");
  if (static_cast<std::size_t>(written) != bytes.size()) {
    return Error{Fault::storage, "shares: no room for a slot"};
  }
  return ::fdatasync(fd_) == 0 ? Result<void>() : Result<void>(failed("sync"));
}

}  // namespace refledger::records
