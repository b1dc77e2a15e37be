#include <algorithm>
#include <mutex>
#include <set>

#include "ledger/store/reading_gate.h"
#include "ledger/store/rocksdb_database.h"
#include "ledger/store/rocksdb_store.h"

namespace refledger::store {
namespace {

// A follower reads the primary's manifest first and its write-ahead logs after.  If the primary
// flushes and deletes a log in between, what was in it is missing from the view until the manifest
// is read again, though younger writes are there.  So a pass counts only if no log went away
// meanwhile.
constexpr int kPasses = 16;

using Files = std::set<std::filesystem::path>;

Result<Files> write_ahead_logs(const std::filesystem::path& folder) {
  Files logs;
  std::error_code error;
  for (std::filesystem::directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error)) {
    if (file->path().extension() == ".log") logs.insert(file->path().filename());
  }
  if (error) return Error{Fault::storage, "follow " + folder.string() + ": " + error.message()};
  return logs;
}

bool holds_all(const Files& files, const Files& wanted) {
  return std::includes(files.begin(), files.end(), wanted.begin(), wanted.end());
}

class RocksFollower final : public Follower {
 public:
  RocksFollower(std::filesystem::path folder, std::filesystem::path scratch,
                std::vector<std::string> spaces, std::size_t cache_bytes)
      : folder_(std::move(folder)),
        scratch_(std::move(scratch)),
        spaces_(std::move(spaces)),
        cache_bytes_(cache_bytes) {}

  /// Opens anew; the old view, if any, stays on an error.
  Result<void> reopen() {
    if (!std::filesystem::exists(folder_ / "CURRENT")) {
      return Error{Fault::not_found, "follow " + folder_.string() + ": no store there yet"};
    }
    if (Result<void> whole = check_whole(); !whole) return whole;
    std::shared_ptr<Database> opened;
    const rocksdb::Status status = Database::open(
        spaces_,
        [&](const auto& families, auto* handles, auto** db) {
          return rocksdb::DB::OpenAsSecondary(database_options(), folder_.string(),
                                              scratch_.string(), families, handles, db);
        },
        opened, cache_bytes_);
    if (!status.ok()) return to_error("follow " + folder_.string(), status);
    if (Result<void> whole = take_in(*opened); !whole) return whole;
    gate_.change([&] { database_ = std::move(opened); });
    return {};
  }

  Result<void> catch_up() override {
    const std::lock_guard one_at_a_time(catching_up_);
    bool taken = false;
    gate_.change([&] { taken = take_in(*database_).has_value(); });
    if (taken) return {};
    // A primary that started anew can leave a follower with files it does not find any more.
    return reopen();
  }

  Result<std::optional<Bytes>> get(std::string_view space, std::string_view key) const override {
    const std::shared_lock reading = gate_.read();
    return database_->get(space, key);
  }

  Result<void> scan(std::string_view space, std::string_view from, std::string_view to,
                    const Visit& visit) const override {
    Result<std::unique_ptr<Cursor>> cursor = open_cursor(space, from, to);
    if (!cursor) return cursor.error();
    return (*cursor)->visit(visit);  // its view is fixed: what `visit` calls may wait for us
  }

 private:
  // A secondary passes over a table it cannot open and shows that space as it was before: rows
  // would be missing, and nobody told.  Opened for reading alone, RocksDB takes every table or
  // none.
  Result<void> check_whole() const {
    rocksdb::DBOptions options = database_options();
    options.db_log_dir = scratch_.string();
    rocksdb::Status status;
    for (int pass = 0; pass < kPasses;
         ++pass) {  // again, where the primary removed a file meanwhile
      std::shared_ptr<Database> opened;
      status = Database::open(
          spaces_,
          [&](const auto& families, auto* handles, auto** db) {
            return rocksdb::DB::OpenForReadOnly(options, folder_.string(), families, handles, db);
          },
          opened);
      if (status.ok()) return {};
    }
    return to_error("follow " + folder_.string(), status);
  }

  Result<void> take_in(Database& database) const {
    for (int pass = 0; pass < kPasses; ++pass) {
      const Result<Files> before = write_ahead_logs(folder_);
      if (!before) return before.error();
      const rocksdb::Status status = database.db().TryCatchUpWithPrimary();
      if (!status.ok()) return to_error("follow " + folder_.string(), status);
      const Result<Files> after = write_ahead_logs(folder_);
      if (!after) return after.error();
      if (holds_all(*after, *before)) return {};
    }
    return Error{Fault::storage, "follow " + folder_.string() + ": the store changes too fast"};
  }

  Result<std::unique_ptr<Cursor>> open_cursor(std::string_view space, std::string_view from,
                                              std::string_view to) const {
    const std::shared_lock reading = gate_.read();
    return Cursor::open(database_, space, from, to);
  }

  std::filesystem::path folder_;
  std::filesystem::path scratch_;
  std::vector<std::string> spaces_;
  std::size_t cache_bytes_;
  std::mutex catching_up_;
  ReadingGate gate_;
  std::shared_ptr<Database> database_;
};

}  // namespace

Result<std::unique_ptr<Follower>> follow_rocksdb(const std::filesystem::path& folder,
                                                 const std::filesystem::path& scratch,
                                                 const std::vector<std::string>& spaces,
                                                 std::size_t cache_bytes) {
  auto follower = std::make_unique<RocksFollower>(folder, scratch, spaces, cache_bytes);
  if (Result<void> opened = follower->reopen(); !opened) return opened.error();
  return std::unique_ptr<Follower>(std::move(follower));
}

}  // namespace refledger::store
