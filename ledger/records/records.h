// The sealed records: readable only with the link's secret, and deletable.
//
// Shape    Space "record": ref -> slot number | sealed bytes.  SHARE lies in a file of fixed slots
//          of 64 bytes (`shares`); zeroing a slot makes every copy of the ciphertext useless.
// Order    put() is durable when it returns; the share's slot is synced before the record is
// written. Errors   storage; not_found for unknown and erased alike
#pragma once

#include <filesystem>
#include <memory>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/store/store.h"

namespace refledger::records {

inline const std::vector<std::string> kSpaces{"record"};

struct StoredRecord {
  Bytes sealed;
  Share share;
};

class Records {
 public:
  /// `shares` is created if missing.
  static Result<Records> open(store::Store& store, std::filesystem::path shares);

  /// Stores once: the same record again is no error, another one for the same ref is a conflict.
  Result<void> put(const ReferenceHash& ref, const StoredRecord& record);
  Result<void> erase(const ReferenceHash& ref);

 private:
  Records(store::Store& store, std::filesystem::path shares);
  store::Store* store_;
  std::filesystem::path shares_;
};

/// For the public process, which can only read.
Result<StoredRecord> read_record(const store::Reader& store, const std::filesystem::path& shares,
                                 const ReferenceHash& ref);

}  // namespace refledger::records
