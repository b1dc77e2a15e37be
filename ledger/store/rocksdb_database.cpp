#include "ledger/store/rocksdb_database.h"

#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

namespace refledger::store {
namespace {

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }

ByteView view_of(const rocksdb::Slice& slice) { return bytes_of({slice.data(), slice.size()}); }

// Keys that begin with the same hash are looked for together, and mostly there are none: the
// filters know a key's beginning of this length as well.
constexpr std::size_t kPrefix = 32;

bool have_same_prefix(std::string_view a, std::string_view b) {
  return a.size() >= kPrefix && b.size() >= kPrefix && a.substr(0, kPrefix) == b.substr(0, kPrefix);
}

std::string one_line(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

}  // namespace

Error to_error(const std::string& what, const rocksdb::Status& status) {
  return {Fault::storage, one_line(what + ": " + status.ToString())};
}

rocksdb::DBOptions database_options() {
  rocksdb::DBOptions options;
  options.paranoid_checks = true;
  // A torn record at the very end was never acknowledged; damage before it refuses to open.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.recycle_log_file_num = 0;       // an old record must not be read as a new one
  options.max_total_wal_size = 16 << 20;  // bounds recovery, and what a follower replays
  options.max_open_files = -1;            // a follower keeps deleted tables readable only if open
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  options.keep_log_file_num = 5;
  options.max_log_file_size = 1 << 20;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

rocksdb::ColumnFamilyOptions space_options(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  if (cache) {
    table.block_cache = cache;
    table.cache_index_and_filter_blocks = true;
  }
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(kPrefix));
  options.memtable_prefix_bloom_size_ratio = 0.1;
  // Small, because the log file is preallocated in this size: with less room than that left on the
  // disk, Debian's RocksDB ends the process instead of reporting it.
  options.write_buffer_size = 4 << 20;
  // Signatures and ciphertext do not shrink, and an erasure can search the files for bytes.
  options.compression = rocksdb::kNoCompression;
  options.bottommost_compression = rocksdb::kDisableCompressionOption;
  return options;
}

rocksdb::Status Database::open(const std::vector<std::string>& spaces, const Open& open,
                               std::shared_ptr<Database>& opened, std::size_t cache_bytes) {
  const auto cache = cache_bytes == 0 ? nullptr : rocksdb::NewLRUCache(cache_bytes, 2);
  std::vector<rocksdb::ColumnFamilyDescriptor> families{
      {rocksdb::kDefaultColumnFamilyName, space_options(cache)}};
  for (const std::string& space : spaces) families.emplace_back(space, space_options(cache));
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = open(families, &handles, &db);
  if (!status.ok()) return status;
  const std::shared_ptr<Database> database(new Database);
  database->db_.reset(db);
  database->default_space_ = handles.front();
  for (std::size_t at = 0; at < spaces.size(); ++at) {
    database->spaces_.emplace(spaces[at], handles[at + 1]);
  }
  opened = database;
  return status;
}

Database::~Database() {
  for (const auto& [name, handle] : spaces_)
    db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  if (default_space_ != nullptr) {
    db_->DestroyColumnFamilyHandle(default_space_).PermitUncheckedError();
  }
}

Result<rocksdb::ColumnFamilyHandle*> Database::space(std::string_view name) const {
  const auto found = spaces_.find(name);
  if (found == spaces_.end()) {
    return Error{Fault::storage, "store: no space " + std::string(name)};
  }
  return found->second;
}

Result<std::optional<Bytes>> Database::get(std::string_view space, std::string_view key,
                                           const rocksdb::Snapshot* snapshot) const {
  const Result<rocksdb::ColumnFamilyHandle*> family = this->space(space);
  if (!family) return family.error();
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = db_->Get(options, *family, slice(key), &value);
  if (status.IsNotFound()) return std::optional<Bytes>();
  if (!status.ok()) return to_error("read " + std::string(space), status);
  return std::optional<Bytes>(copy_of(view_of(value)));
}

Cursor::Cursor(std::shared_ptr<const Database> database, std::string_view from, std::string_view to)
    : database_(std::move(database)), from_(from), to_(to), bound_(slice(to_)) {}

Result<std::unique_ptr<Cursor>> Cursor::open(std::shared_ptr<const Database> database,
                                             std::string_view space, std::string_view from,
                                             std::string_view to,
                                             const rocksdb::Snapshot* snapshot) {
  const Result<rocksdb::ColumnFamilyHandle*> family = database->space(space);
  if (!family) return family.error();
  std::unique_ptr<Cursor> cursor(new Cursor(std::move(database), from, to));
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  options.prefix_same_as_start = have_same_prefix(from, to);
  options.total_order_seek = !options.prefix_same_as_start;
  if (!to.empty()) options.iterate_upper_bound = &cursor->bound_;
  cursor->iterator_.reset(cursor->database_->db().NewIterator(options, *family));
  return cursor;
}

Result<void> Cursor::visit(const Reader::Visit& visit) {
  iterator_->Seek(slice(from_));
  while (iterator_->Valid()) {
    const rocksdb::Slice key = iterator_->key();
    if (!visit({key.data(), key.size()}, view_of(iterator_->value()))) return {};
    iterator_->Next();
  }
  // A damaged block ends the iteration early, and only the status tells.
  if (!iterator_->status().ok()) return to_error("scan", iterator_->status());
  return {};
}

}  // namespace refledger::store
