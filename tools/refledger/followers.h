// What the public process reads: the ledger and the records, as the desk's process writes them.
//
// Order    The desk writes a record before its entry.  Between two calls of catch_up() neither view
//          moves, and whoever reads under read() never finds an entry whose record is not there
//          yet.
// Errors   not_found while one of the stores is not there yet
// Threads  Any.
#pragma once

#include <filesystem>
#include <memory>
#include <shared_mutex>

#include "ledger/store/reading_gate.h"
#include "ledger/store/rocksdb_store.h"

namespace refledger::tools {

class Followers {
 public:
  /// `scratch`: for the followers' own log files.
  static Result<std::unique_ptr<Followers>> open(const std::filesystem::path& ledger,
                                                 const std::filesystem::path& records,
                                                 const std::filesystem::path& scratch);

  /// Both, or the first error; a view that could not move stays.
  Result<void> catch_up();

  /// Held for as long as one answer takes.
  std::shared_lock<std::shared_mutex> read() const { return gate_.read(); }
  const store::Reader& ledger() const { return *ledger_; }
  const store::Reader& records() const { return *records_; }

 private:
  store::ReadingGate gate_;
  std::unique_ptr<store::Follower> ledger_;
  std::unique_ptr<store::Follower> records_;
};

}  // namespace refledger::tools
