// The audit log: who saw and did what to which case, each line chained to the one before.
//
// Shape    DATA/audit.log, one line of canonical JSON an event:
//            {"at":TIME,"by":USER,"did":ACT,"n":NUMBER,"of":SUBJECT,"prev":HASH}
//          USER and SUBJECT are ids (of a user, a case, an account), so nothing in it is about a
//          person; `prev` is the SHA-256 of the line before in hex, 64 zeros before the first.  The
//          vault keeps, sealed, how many lines there are and the hash of the last.
// Order    add() returns when the line is on disk; what it is about may be done only then.  The
// line
//          comes first, the vault's count after it: a crash between them leaves one line more than
//          counted, which open() takes in.  Fewer lines, or others, are refused.
// Errors   malformed (an act or a subject that is none), storage, refused: lines are missing or
// were
//          changed
// Threads  Any.
// Source   docs/accounts.md
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "desk/vault/vault.h"
#include "ledger/core/time.h"

namespace refledger::audit {

struct Event {
  std::uint64_t number = 0;  ///< from 1
  UtcMillis at;
  std::string by;   ///< a user's id; "desk" for what happens by itself; "nobody" before signing in
  std::string did;  ///< "case.approve"
  std::string of;   ///< an id, or empty
};

/// What the vault knows of the log: how long it is, and how it ends.
struct Head {
  std::uint64_t lines = 0;
  std::string hash;  ///< of the last line
};

/// Reads a log from its beginning; refused at the first line that does not follow from the one
/// before.  `visit` gets each event and its line.
using Visit = std::function<void(const Event&, std::string_view line)>;
Result<Head> read_log(const std::filesystem::path& file, const Visit& visit);

/// read_log, and against what the vault knows.
Result<Head> verify_log(const std::filesystem::path& file, const vault::Vault& vault);

class Audit {
 public:
  /// Checks the whole log first.
  static Result<std::unique_ptr<Audit>> open(const std::filesystem::path& file,
                                             vault::Vault& vault);
  ~Audit();

  Result<void> add(std::string_view by, std::string_view did, std::string_view of, UtcMillis now);

  struct Page {
    std::vector<Event> events;  ///< the newest first
    std::uint64_t matching = 0;
  };
  /// `most` events that hold, after skipping `skip` of the newest.
  Result<Page> newest(std::uint64_t skip, std::size_t most,
                      const std::function<bool(const Event&)>& holds) const;
  /// The whole log, as it lies on disk.
  Result<std::string> export_lines() const;
  Head head() const;

 private:
  Audit(std::filesystem::path file, vault::Vault& vault) : file_(std::move(file)), vault_(&vault) {}
  Result<void> start();
  Result<void> keep_head(const Head& head);

  std::filesystem::path file_;
  vault::Vault* vault_;
  mutable std::mutex alone_;
  int descriptor_ = -1;
  Head head_;
  bool broken_ = false;  ///< a write failed: nobody knows what is on disk
};

}  // namespace refledger::audit
