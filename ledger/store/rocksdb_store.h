// The store on disk: RocksDB with synced, atomic batches.
//
// Errors   conflict "in use" if another process has it open for writing
// Order    Fail-stop: after the first failed write every later call is a storage fault; a failed
//          write is never tried again in the same process (docs/architecture.md).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "ledger/store/store.h"

namespace refledger::store {

/// Opens or creates the store in `folder` with these spaces.
Result<std::unique_ptr<Store>> open_rocksdb(const std::filesystem::path& folder,
                                            const std::vector<std::string>& spaces);

/// A reader that follows a store written by another process.
class Follower : public Reader {
 public:
  /// Takes in what has been written since.  On an error the old view stays.
  virtual Result<void> catch_up() = 0;
};

/// `scratch` is private to this follower and may be on a tmpfs.
Result<std::unique_ptr<Follower>> follow_rocksdb(const std::filesystem::path& folder,
                                                 const std::filesystem::path& scratch,
                                                 const std::vector<std::string>& spaces);

}  // namespace refledger::store
