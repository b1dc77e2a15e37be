// SHAREs in slots of a fixed size, so that one is destroyed by zeroing its slot in place.
//
// Shape    slot n at byte 64 n: share(32) | "RFSHARE1" | first 24 bytes of SHA-256(share | n); all
//          zero: erased
// Order    write() and zero() return once the slot is on disk.  A crash inside write() leaves a
//          slot that no record names, torn perhaps; its number is never used again.
// Errors   storage (also: the slot is neither a share nor zero), not_found (erased)
// Source   docs/ledger.md
#pragma once

#include <filesystem>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::records {

class ShareFile {
 public:
  /// Made empty, readable by its owner only, if it is missing.
  static Result<ShareFile> open(const std::filesystem::path& path);
  static Result<ShareFile> open_to_read(const std::filesystem::path& path);

  Result<std::uint64_t> slots() const;  ///< a torn last one counts
  Result<Share> read(std::uint64_t slot) const;
  Result<void> write(std::uint64_t slot, const Share& share);
  Result<void> zero(std::uint64_t slot);

  ShareFile(ShareFile&& other) noexcept;
  ShareFile& operator=(ShareFile&&) = delete;
  ~ShareFile();

 private:
  explicit ShareFile(int fd) : fd_(fd) {}
  Result<void> put(std::uint64_t slot, ByteView bytes);
  int fd_;
};

}  // namespace refledger::records
