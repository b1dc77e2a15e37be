// The master key: seals keys and vault items at rest.  It comes from a file and is in no database.
//
// Shape    sealed = 01 | nonce(24, random) | XChaCha20-Poly1305 ciphertext and tag, aad = purpose
// Errors   refused: another master key, another purpose, or altered
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "ledger/core/random.h"
#include "ledger/core/result.h"

namespace refledger::sign {

class MasterKey {
 public:
  /// The file holds 32 bytes as 64 hex digits and a line feed; refused if others may read it.
  static Result<MasterKey> read(const std::filesystem::path& file);
  /// Writes a new one; conflict if the file is there.
  static Result<void> create(const std::filesystem::path& file, Random& random);
  /// From 32 bytes: a vault item's key, or a test's.
  static Result<MasterKey> from_bytes(ByteView bytes);

  Bytes seal(ByteView plain, std::string_view purpose, Random& random) const;
  Result<Bytes> open(ByteView sealed, std::string_view purpose) const;

  /// A key for one purpose (HKDF-SHA256), e.g. for indexes that must not show what they index.
  Bytes derive(std::string_view purpose) const;

  MasterKey(MasterKey&&) noexcept;
  MasterKey& operator=(MasterKey&&) noexcept;
  ~MasterKey();

 private:
  struct Secret;
  explicit MasterKey(std::unique_ptr<Secret> secret);
  std::unique_ptr<Secret> secret_;
};

}  // namespace refledger::sign
