// One open RocksDB, whole: its column families (one a space) and what reading them needs.
// Used by the store and the follower, by nobody outside this folder.
//
// Errors   storage, in one line
// Threads  Any.
#pragma once

#include <rocksdb/cache.h>
#include <rocksdb/db.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ledger/store/store.h"

namespace refledger::store {

/// `what` and RocksDB's reason.
Error to_error(const std::string& what, const rocksdb::Status& status);

/// The settings of every store; the reasons stand beside each.
rocksdb::DBOptions database_options();
/// `cache`, where there is one, holds all that reading keeps, indexes of tables included.
rocksdb::ColumnFamilyOptions space_options(const std::shared_ptr<rocksdb::Cache>& cache);

class Database {
 public:
  /// RocksDB's way to open: DB::Open or DB::OpenAsSecondary.
  using Open =
      std::function<rocksdb::Status(const std::vector<rocksdb::ColumnFamilyDescriptor>&,
                                    std::vector<rocksdb::ColumnFamilyHandle*>*, rocksdb::DB**)>;
  /// The status is RocksDB's own, for the caller to judge.
  /// `cache_bytes` as for follow_rocksdb.
  static rocksdb::Status open(const std::vector<std::string>& spaces, const Open& open,
                              std::shared_ptr<Database>& opened, std::size_t cache_bytes = 0);

  Result<rocksdb::ColumnFamilyHandle*> space(std::string_view name) const;
  /// As of `snapshot`, or the newest.
  Result<std::optional<Bytes>> get(std::string_view space, std::string_view key,
                                   const rocksdb::Snapshot* snapshot = nullptr) const;
  rocksdb::DB& db() const { return *db_; }

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

 private:
  Database() = default;
  std::unique_ptr<rocksdb::DB> db_;
  std::map<std::string, rocksdb::ColumnFamilyHandle*, std::less<>> spaces_;
  rocksdb::ColumnFamilyHandle* default_space_ = nullptr;
};

/// An iterator over [from, to) that keeps its database open.
class Cursor {
 public:
  static Result<std::unique_ptr<Cursor>> open(std::shared_ptr<const Database> database,
                                              std::string_view space, std::string_view from,
                                              std::string_view to,
                                              const rocksdb::Snapshot* snapshot = nullptr);
  Result<void> visit(const Reader::Visit& visit);

 private:
  Cursor(std::shared_ptr<const Database> database, std::string_view from, std::string_view to);
  std::shared_ptr<const Database> database_;
  std::string from_;
  std::string to_;
  rocksdb::Slice bound_;  // into to_
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

}  // namespace refledger::store
