// The ledger as it lies on the disk, read beside a running desk or without one; nothing is written
// to it.
#pragma once

#include "ledger/format/note.h"
#include "ledger/log/view.h"
#include "ledger/store/rocksdb_store.h"
#include "tools/refledger/scratch.h"
#include "tools/refledger/settings.h"

namespace refledger::tools {

class LedgerReader {
 public:
  static Result<LedgerReader> open(const Settings& settings);
  const store::Reader& store() const { return *store_; }
  const format::NoteKey& log_key() const { return log_key_; }  ///< as DATA/log.vkey says

 private:
  LedgerReader(Scratch scratch, std::unique_ptr<store::Follower> store, format::NoteKey log_key);
  Scratch scratch_;
  std::unique_ptr<store::Follower> store_;
  format::NoteKey log_key_;
};

/// A verifier key in a file of one line.
Result<format::NoteKey> read_vkey(const std::filesystem::path& file);
/// One as it stands, or in a file.
Result<format::NoteKey> vkey_given(const std::string& given);

}  // namespace refledger::tools
