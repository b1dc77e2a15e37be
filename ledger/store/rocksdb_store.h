// The store on disk: RocksDB with synced, atomic batches.
//
// Shape    One column family a space, and RocksDB's empty default one.
// Errors   conflict "in use" if another process has it open for writing
//          not_found from follow_rocksdb while the store is not there yet; the caller tries again
// Order    Fail-stop: after the first failed write every later call is a storage fault; a failed
//          write is never tried again in the same process (docs/ledger.md).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "ledger/store/store.h"

namespace refledger::store {

/// What damage in the write-ahead log means, but for a torn record at its very end, which was never
/// acknowledged.
enum class WriteAheadDamage {
  refuses,  ///< the store does not open
  /// What was written up to the damage is there.  For batches that were not synced, of which a
  /// power cut can leave any part; only for a store whose owner knows from elsewhere what must be
  /// there.
  ends_the_store_there,
};

/// Opens the store in `folder` with these spaces.  A missing folder is made, private to its owner,
/// if its parent is there.  Never fork() once a store or follower is open.
Result<std::unique_ptr<Store>> open_rocksdb(const std::filesystem::path& folder,
                                            const std::vector<std::string>& spaces,
                                            WriteAheadDamage damage = WriteAheadDamage::refuses);

/// A reader that follows a store written by another process, through its flushes, compactions and
/// restarts.  Between two calls of catch_up() the view does not move, so several reads agree.
class Follower : public Reader {
 public:
  /// Takes in what has been written since.  On an error the old view stays.
  virtual Result<void> catch_up() = 0;
};

/// `scratch` is private to this follower and may be on a tmpfs: it holds RocksDB's own log file.
/// `cache_bytes`, where it is not 0, bounds what reading keeps in memory, however large the store
/// is: for whoever reads everything once.
Result<std::unique_ptr<Follower>> follow_rocksdb(const std::filesystem::path& folder,
                                                 const std::filesystem::path& scratch,
                                                 const std::vector<std::string>& spaces,
                                                 std::size_t cache_bytes = 0);

}  // namespace refledger::store
