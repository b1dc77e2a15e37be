#include "ledger/records/records.h"

#include <algorithm>
#include <mutex>

#include "ledger/core/hash.h"
#include "ledger/records/share_file.h"

namespace refledger::records {
namespace {

constexpr std::string_view kSpace = "record";
constexpr std::size_t kSlotNumberBytes = 8;

struct Row {
  std::uint64_t slot = 0;
  Bytes sealed;
};

Bytes encode(std::uint64_t slot, ByteView sealed) {
  Bytes value = copy_of(bytes_of(store::number_key(slot)));
  value.insert(value.end(), sealed.begin(), sealed.end());
  return value;
}

Result<Row> decode(ByteView value) {
  if (value.size() < kSlotNumberBytes) return Error{Fault::storage, "record: stored too short"};
  Row row;
  for (const std::uint8_t byte : value.first(kSlotNumberBytes)) row.slot = row.slot << 8 | byte;
  row.sealed = copy_of(value.subspan(kSlotNumberBytes));
  return row;
}

Result<std::optional<Row>> find(const store::Reader& store, const ReferenceHash& ref) {
  const Result<std::optional<Bytes>> value = store.get(kSpace, text_of(ref.view()));
  if (!value) return value.error();
  if (!*value) return std::optional<Row>();
  Result<Row> row = decode(**value);
  if (!row) return row.error();
  return std::optional<Row>(*std::move(row));
}

Error not_found() { return {Fault::not_found, "record: none"}; }

}  // namespace

struct Records::State {
  store::Store* store;
  ShareFile shares;
  std::uint64_t next_slot = 0;
  std::mutex one_at_a_time;
  bool failed = false;

  State(store::Store& in, ShareFile file) : store(&in), shares(std::move(file)) {}

  Result<void> recover();
  Result<void> zero_all_but(const std::vector<bool>& named);
  Result<void> put(const ReferenceHash& ref, const StoredRecord& record);
  Result<void> compare(const Row& row, const StoredRecord& record) const;
  Result<void> erase(const ReferenceHash& ref);
  Result<void> remove(std::string_view key);
  Result<void> stopping(Result<void> result);
};

// After a failed write it is not known what is on disk; only opening anew finds out.
Result<void> Records::State::stopping(Result<void> result) {
  if (!result && result.error().fault == Fault::storage) failed = true;
  return result;
}

// New slots begin behind every slot that the file has or a record names.  A record whose slot is
// zero is one that a crash kept from being removed; a slot that no record names is one that a crash
// left before its record was written, and nothing would ever erase it.
Result<void> Records::State::recover() {
  const Result<std::uint64_t> there = shares.slots();
  if (!there) return there.error();
  next_slot = *there;
  std::vector<std::string> erased;
  std::vector<bool> named(next_slot);
  Result<void> checked;
  Result<void> scanned = store->scan(kSpace, "", "", [&](std::string_view key, ByteView value) {
    const Result<Row> row = decode(value);
    if (row && row->slot < next_slot) named[row->slot] = true;
    if (!row) {
      checked = row.error();
    } else if (row->slot >= next_slot) {
      checked = Error{Fault::storage, "records: the file of shares lacks slot " +
                                          std::to_string(row->slot) + "; is it another store's?"};
    } else if (const Result<Share> share = shares.read(row->slot);
               !share && share.error().fault == Fault::not_found) {
      erased.emplace_back(key);
    }
    return checked.has_value();
  });
  if (!scanned) return scanned;
  for (std::size_t at = 0; checked && at < erased.size(); ++at) checked = remove(erased[at]);
  return checked ? zero_all_but(named) : checked;
}

// A crash leaves one such slot.  Beside a store without any record, several shares are no crash's
// work: they belong to another store, and zeroing them could not be undone.
Result<void> Records::State::zero_all_but(const std::vector<bool>& named) {
  std::vector<std::uint64_t> left;
  std::size_t shares_left = 0;
  for (std::uint64_t slot = 0; slot < named.size(); ++slot) {
    if (named[slot]) continue;
    const Result<Share> share = shares.read(slot);
    if (share) ++shares_left;
    if (share || share.error().fault != Fault::not_found) left.push_back(slot);
  }
  const bool store_is_empty = std::find(named.begin(), named.end(), true) == named.end();
  if (store_is_empty && shares_left > 1) {
    return Error{Fault::storage,
                 "records: the store is empty, the file of shares is not; is it another store's?"};
  }
  Result<void> zeroed;
  for (std::size_t at = 0; zeroed && at < left.size(); ++at) zeroed = shares.zero(left[at]);
  return zeroed;
}

Result<void> Records::State::put(const ReferenceHash& ref, const StoredRecord& record) {
  const Result<std::optional<Row>> known = find(*store, ref);
  if (!known) return known.error();
  if (*known) return compare(**known, record);
  // Whatever comes of it, this slot's number is not given out again.
  const std::uint64_t slot = next_slot++;
  if (Result<void> kept = stopping(shares.write(slot, record.share)); !kept) return kept;
  // A crash here leaves a slot that no record names; recover() zeroes it.
  store::Batch batch;
  batch.expect(kSpace, text_of(ref.view()), std::nullopt);
  batch.put(kSpace, text_of(ref.view()), encode(slot, record.sealed));
  return stopping(store->write(batch));
}

Result<void> Records::State::compare(const Row& row, const StoredRecord& record) const {
  const Result<Share> share = shares.read(row.slot);
  if (!share && share.error().fault == Fault::storage) return share.error();
  if (share && equal_secrets(share->view(), record.share.view()) && row.sealed == record.sealed) {
    return {};
  }
  return Error{Fault::conflict, "record: another one is stored for this reference"};
}

Result<void> Records::State::erase(const ReferenceHash& ref) {
  const Result<std::optional<Row>> known = find(*store, ref);
  if (!known) return known.error();
  if (!*known) return {};
  if (Result<void> zeroed = stopping(shares.zero((*known)->slot)); !zeroed) return zeroed;
  // A crash here leaves a record that reads as not found; recover() removes it.
  return remove(text_of(ref.view()));
}

Result<void> Records::State::remove(std::string_view key) {
  store::Batch batch;
  batch.remove(kSpace, key);
  return stopping(store->write(batch));
}

Records::Records(std::unique_ptr<State> state) : state_(std::move(state)) {}
Records::Records(Records&&) noexcept = default;
Records::~Records() = default;

Result<Records> Records::open(store::Store& store, const std::filesystem::path& shares) {
  Result<ShareFile> file = ShareFile::open(shares);
  if (!file) return file.error();
  auto state = std::make_unique<State>(store, *std::move(file));
  if (Result<void> recovered = state->recover(); !recovered) return recovered.error();
  return Records(std::move(state));
}

Result<void> Records::put(const ReferenceHash& ref, const StoredRecord& record) {
  if (record.sealed.size() > kMaxSealed) return Error{Fault::out_of_range, "record: too long"};
  const std::lock_guard lock(state_->one_at_a_time);
  if (state_->failed) return Error{Fault::storage, "records: stopped after a failed write"};
  return state_->put(ref, record);
}

Result<void> Records::erase(const ReferenceHash& ref) {
  const std::lock_guard lock(state_->one_at_a_time);
  if (state_->failed) return Error{Fault::storage, "records: stopped after a failed write"};
  return state_->erase(ref);
}

Result<StoredRecord> read_record(const store::Reader& store, const std::filesystem::path& shares,
                                 const ReferenceHash& ref) {
  Result<std::optional<Row>> row = find(store, ref);
  if (!row) return row.error();
  if (!*row) return not_found();
  const Result<ShareFile> file = ShareFile::open_to_read(shares);
  if (!file) return file.error();
  const Result<Share> share = file->read((*row)->slot);
  if (!share) return share.error().fault == Fault::not_found ? not_found() : share.error();
  return StoredRecord{std::move((**row).sealed), *share};
}

}  // namespace refledger::records
