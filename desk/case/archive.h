// Cases and their large results in the vault.
//
// Shape    Kind "case": the record.  Kinds "document", "record", "proof", "message": bytes, found
//          by the case's id.  Kind "reference": the case's item id, found by the reference's ID.
//          Of an erased case there is "erased", empty, found by the case's key, and its
//          "reference" holds the status index alone.
//          Kind "status-index": nothing but its index, the number, so that none is used twice.
//          Kind "log": the name of the log that holds the cases' entries.
//          Kind "reading": what the last reading of an account could not read.  Kinds "watch" and
//          "watch-head": what is remembered of its people (watch_state.h).
// Order    Everything here is durable when the call returns.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "desk/case/case.h"
#include "desk/case/hr_reading.h"
#include "desk/vault/vault.h"

namespace refledger::desk {

/// A case and the vault item it lies in.
struct Kept {
  vault::ItemId item;
  Case content;
};

/// Every kind of bytes that is kept with a case, by its id.
std::span<const std::string_view> kinds_of_case();

class Archive {
 public:
  /// `on_change` is told of every case that was opened or saved.
  explicit Archive(vault::Vault& vault, std::function<void(const Kept&)> on_change = {})
      : vault_(&vault), on_change_(std::move(on_change)) {}

  /// conflict if there is a case with that key.
  Result<Kept> open(Case content);
  Result<void> save(const Kept& kept);
  Result<Kept> load(const vault::ItemId& item) const;
  /// Every case of that issuer and account, in the order they were opened.
  Result<std::vector<Kept>> load_all(std::string_view iss, std::string_view account) const;

  /// Keeps bytes of `kind` with the case, once.
  Result<void> keep(std::string_view kind, const Case& of, ByteView bytes);
  /// The same, in place of what was kept before.
  Result<void> put(std::string_view kind, const Case& of, ByteView bytes);
  Result<std::optional<Bytes>> kept(std::string_view kind, const Case& of) const;
  /// Whether there was something to destroy.
  Result<bool> destroy(std::string_view kind, const Case& of);

  /// Makes the case findable by the reference's ID; false if it is already.
  Result<bool> name_reference(const ReferenceId& id, const vault::ItemId& item);
  Result<std::optional<Kept>> find(const ReferenceId& id) const;

  /// Notes that the case of this key was erased, and what is needed to withdraw its reference.
  Result<void> mark_erased(const Case& one);
  Result<bool> was_erased(const Case& with_its_key) const;
  /// The status index of an erased case's reference.
  Result<std::optional<std::uint64_t>> erased_index(const ReferenceId& id) const;
  /// The case itself; what is kept with it goes before.
  Result<void> erase(const Kept& kept);

  /// conflict if the number was claimed before.
  Result<void> claim_status_index(std::uint64_t number);

  /// The name of the log that was last known to hold the entries of all those cases.
  Result<std::optional<std::string>> log_known(std::string_view iss,
                                               std::string_view account) const;
  Result<void> note_log(std::string_view iss, std::string_view account, std::string_view origin);

  /// Writes only if it tells something else than the one before.
  Result<void> note_reading(std::string_view iss, std::string_view account, const HrReading& fresh);
  /// Empty if there was none.
  Result<HrReading> reading(std::string_view iss, std::string_view account) const;

 private:
  void tell(const Kept& kept) const {
    if (on_change_) on_change_(kept);
  }

  vault::Vault* vault_;
  std::function<void(const Kept&)> on_change_;
};

}  // namespace refledger::desk
