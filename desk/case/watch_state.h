// What is remembered of an account's people between two readings, in the vault.
//
// Shape    Kind "watch": the shards of KnownPeople that hold anybody, found by issuer, account and
//          shard.  Kind "watch-head": when the account was connected and read, one item.
// Order    save() writes the changed shards first and the head last: a head that says "read until
//          then" never stands before what was read.
// Errors   storage, malformed
// Source   docs/ingest.md, "What is remembered"
#pragma once

#include <optional>
#include <string>

#include "desk/vault/vault.h"
#include "ingest/watch/known.h"

namespace refledger::desk {

struct WatchHead {
  std::optional<Date> connected_on = {};   ///< the day of the first complete reading
  std::optional<UtcMillis> read_at = {};   ///< of the last reading, before its first question
  std::optional<UtcMillis> swept_at = {};  ///< of the last complete one
  bool entities = false;                   ///< the HR system names a legal entity for somebody
  std::string rules = {};                  ///< hash of the rules by which everybody was judged last
  friend bool operator==(const WatchHead&, const WatchHead&) = default;
};

class WatchState {
 public:
  WatchState(vault::Vault& vault, std::string iss, std::string account)
      : vault_(&vault), iss_(std::move(iss)), account_(std::move(account)) {}

  Result<WatchHead> head() const;  ///< empty before the first reading
  Result<ingest::KnownPeople> people() const;
  Result<void> save(ingest::KnownPeople& people, const WatchHead& head);

 private:
  std::string index_of(std::string_view what) const;
  Result<void> put(std::string_view kind, std::string_view what, std::string_view text);
  Result<std::optional<std::string>> text_of(std::string_view kind, std::string_view what) const;

  vault::Vault* vault_;
  std::string iss_;
  std::string account_;
};

/// Whether a complete reading is due: the first, and then one a night, from the third hour of the
/// company's day on.
Result<bool> is_sweep_due(const WatchHead& head, UtcMillis now, std::string_view zone);

}  // namespace refledger::desk
