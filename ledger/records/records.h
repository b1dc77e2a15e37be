// The sealed records: readable only with the link's secret, and deletable.
//
// Shape    Space "record": ref -> slot number (8 bytes, big-endian) | sealed bytes.  SHARE lies in
// a
//          file of fixed slots of 64 bytes (`shares`); zeroing a slot makes every copy of the
//          ciphertext useless.
// Order    put() is durable when it returns; the share's slot is synced before the record is
//          written.  erase() zeroes the slot first; open() finishes what a crash left between, and
//          zeroes every slot that no record names.
// Errors   storage: it may or may not be on disk; no more is taken until opened anew.
//          not_found for unknown and erased alike; out_of_range: longer than kMaxSealed
// Threads  Any.  One Records at a time for a store and its file.
#pragma once

#include <filesystem>
#include <memory>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/store/store.h"

namespace refledger::records {

inline const std::vector<std::string> kSpaces{"record"};
constexpr std::size_t kMaxSealed = std::size_t{1} << 20;

struct StoredRecord {
  Bytes sealed;
  Share share;
};

class Records {
 public:
  /// `shares` is created if missing.  A file that lacks the slots of stored records is a storage
  /// fault: it belongs to another store, or was lost.  So is one with several shares beside a store
  /// without a record.
  static Result<Records> open(store::Store& store, const std::filesystem::path& shares);

  /// Stores once: the same record again is no error, another one for the same ref is a conflict.
  Result<void> put(const ReferenceHash& ref, const StoredRecord& record);
  /// Erasing what is not there is no error, so a caller that lost the answer repeats.
  Result<void> erase(const ReferenceHash& ref);

  Records(Records&&) noexcept;
  ~Records();

 private:
  struct State;
  explicit Records(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// For the public process, which can only read.
Result<StoredRecord> read_record(const store::Reader& store, const std::filesystem::path& shares,
                                 const ReferenceHash& ref);

}  // namespace refledger::records
