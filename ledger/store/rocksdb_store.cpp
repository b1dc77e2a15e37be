#include "ledger/store/rocksdb_store.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <mutex>

#include "ledger/store/rocksdb_database.h"
#include "ledger/store/torn_tail.h"

namespace refledger::store {
namespace {

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }

class RocksSnapshot final : public Reader {
 public:
  explicit RocksSnapshot(std::shared_ptr<const Database> database)
      : database_(std::move(database)), taken_(database_->db().GetSnapshot()) {}
  ~RocksSnapshot() override { database_->db().ReleaseSnapshot(taken_); }
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;

  Result<std::optional<Bytes>> get(std::string_view space, std::string_view key) const override {
    return database_->get(space, key, taken_);
  }
  Result<void> scan(std::string_view space, std::string_view from, std::string_view to,
                    const Visit& visit) const override {
    Result<std::unique_ptr<Cursor>> cursor = Cursor::open(database_, space, from, to, taken_);
    if (!cursor) return cursor.error();
    return (*cursor)->visit(visit);
  }

 private:
  std::shared_ptr<const Database> database_;
  const rocksdb::Snapshot* taken_;
};

class RocksStore final : public Store {
 public:
  explicit RocksStore(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  Result<std::optional<Bytes>> get(std::string_view space, std::string_view key) const override {
    if (Result<void> running = check_running(); !running) return running.error();
    return database_->get(space, key);
  }

  Result<void> scan(std::string_view space, std::string_view from, std::string_view to,
                    const Visit& visit) const override {
    if (Result<void> running = check_running(); !running) return running;
    Result<std::unique_ptr<Cursor>> cursor = Cursor::open(database_, space, from, to);
    if (!cursor) return cursor.error();
    return (*cursor)->visit(visit);
  }

  Result<std::unique_ptr<const Reader>> snapshot() const override {
    if (Result<void> running = check_running(); !running) return running.error();
    return std::unique_ptr<const Reader>(std::make_unique<RocksSnapshot>(database_));
  }

  Result<void> write(const Batch& batch) override {
    const std::lock_guard one_writer(writing_);
    if (Result<void> running = check_running(); !running) return running;
    if (Result<void> met = check_expectations(batch); !met) return met;
    rocksdb::WriteBatch changes;
    if (Result<void> filled = fill(changes, batch); !filled) return filled;
    return changes.Count() == 0 ? Result<void>() : commit(changes, batch.synced);
  }

 private:
  Result<void> check_running() const {
    const std::lock_guard lock(failing_);
    if (failed_) return Error{Fault::storage, "store: stopped after a failed write"};
    return {};
  }

  Result<void> check_expectations(const Batch& batch) const {
    for (const Batch::Expect& expect : batch.expects) {
      const Result<std::optional<Bytes>> found = database_->get(expect.space, expect.key);
      if (!found) return found.error();
      if (*found != expect.value) {
        return Error{Fault::conflict, "store: " + expect.space + " is not as expected"};
      }
    }
    return {};
  }

  Result<void> fill(rocksdb::WriteBatch& changes, const Batch& batch) const {
    for (const Batch::Put& put : batch.puts) {
      const Result<rocksdb::ColumnFamilyHandle*> family = database_->space(put.space);
      if (!family) return family.error();
      const auto added = changes.Put(*family, slice(put.key), slice(text_of(put.value)));
      if (!added.ok()) return to_error("write " + put.space, added);
    }
    for (const Batch::Remove& remove : batch.removes) {
      const Result<rocksdb::ColumnFamilyHandle*> family = database_->space(remove.space);
      if (!family) return family.error();
      const auto added = changes.Delete(*family, slice(remove.key));
      if (!added.ok()) return to_error("write " + remove.space, added);
    }
    return {};
  }

  Result<void> commit(rocksdb::WriteBatch& changes, bool synced) {
    rocksdb::WriteOptions options;
    options.sync = synced;  // syncs every log file that is not on disk yet, older ones too
    const rocksdb::Status written = database_->db().Write(options, &changes);
    if (written.ok()) return {};
    // It may be on disk all the same.  Writing it again in this process could leave it in the log
    // twice with one sequence number, and that store could never be opened again.
    const std::lock_guard lock(failing_);
    failed_ = true;
    return to_error("write", written);
  }

  std::shared_ptr<Database> database_;
  std::mutex writing_;
  mutable std::mutex failing_;
  bool failed_ = false;
};

// Private from the first moment; a folder that is there keeps its mode.
Result<void> make_folder(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return Error{Fault::storage, "store: create " + folder.string() + ": " + std::strerror(errno)};
}

bool is_locked(const rocksdb::Status& status) {
  const std::string text = status.ToString();
  return text.find("While lock file") != std::string::npos ||
         text.find("lock hold by current process") != std::string::npos;
}

}  // namespace

Result<std::unique_ptr<Store>> open_rocksdb(const std::filesystem::path& folder,
                                            const std::vector<std::string>& spaces,
                                            WriteAheadDamage damage) {
  if (Result<void> made = make_folder(folder); !made) return made.error();
  rocksdb::DBOptions options = database_options();
  if (damage == WriteAheadDamage::ends_the_store_there) {
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  }
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  std::shared_ptr<Database> database;
  const auto open = [&] {
    return Database::open(
        spaces,
        [&](const auto& families, auto* handles, auto** db) {
          return rocksdb::DB::Open(options, folder.string(), families, handles, db);
        },
        database);
  };
  rocksdb::Status status = open();
  if (status.IsCorruption()) {
    const Result<bool> cut = cut_torn_tail(folder);
    if (!cut) return cut.error();
    if (*cut) status = open();
  }
  if (is_locked(status)) return Error{Fault::conflict, "store: " + folder.string() + " is in use"};
  if (!status.ok()) return to_error("store: open " + folder.string(), status);
  return std::unique_ptr<Store>(std::make_unique<RocksStore>(std::move(database)));
}

}  // namespace refledger::store
