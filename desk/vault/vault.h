// The vault: everything personal, each item encrypted under a key of its own.
//
// Shape    Space "item": ID -> content, by AES-256-GCM under the item's key.  Space "key": ID ->
// the
//          item's key, its index tag and its kind, sealed under the master key.  Space "index": tag
//          -> ID, a tag being an HMAC.  Space "meta": the check value of the master key.  IDs are
//          128 random bits, so no key of the database says anything about a person.
// Units    Content up to 16 MiB, kinds up to 32 characters of a-z and '-', indexes up to 1 KiB.
// Order    add(), replace() and erase() are one batch each, durable when they return.  replace()
//          draws a fresh key; erase() destroys the key, the item and its index entry together.
// Errors   storage, not_found (also after erase), conflict (index taken), out_of_range (too long),
//          refused: another master key than the vault's, or something was altered or swapped
// Threads  Any, as far as the store and the generator may be; of two changes of one item at the
// same
//          time, one is a conflict.
// Source   docs/vault.md
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/random.h"
#include "ledger/core/result.h"
#include "ledger/sign/master_key.h"
#include "ledger/store/store.h"

namespace refledger::vault {

inline const std::vector<std::string> kSpaces{"item", "key", "index", "meta"};

constexpr std::size_t kMaxContent = 16u << 20;

using ItemId = FixedBytes<struct ItemIdTag, 16>;

class Vault {
 public:
  Vault(store::Store& store, const sign::MasterKey& master, Random& random);

  /// Stores a new item.  `index` (may be empty) is found again by find(); it is kept only as an
  /// HMAC.  conflict if that index is taken.
  Result<ItemId> add(std::string_view kind, std::string_view index, ByteView content);
  Result<void> replace(const ItemId& id, std::string_view kind, ByteView content);
  Result<Bytes> get(const ItemId& id, std::string_view kind) const;
  Result<void> erase(const ItemId& id);

  /// nothing if no item has it.
  Result<std::optional<ItemId>> find(std::string_view kind, std::string_view index) const;
  /// In no order that means anything.
  Result<std::vector<ItemId>> list(std::string_view kind) const;

 private:
  struct KeyRecord;

  Result<void> check_master() const;
  Result<void> start(store::Batch& batch);
  Bytes tag_of(std::string_view kind, std::string_view index) const;
  Result<KeyRecord> key_record(const ItemId& id, std::optional<Bytes>* stored = nullptr) const;
  Result<Bytes> open_item(const KeyRecord& record, const ItemId& id, ByteView sealed) const;
  Result<KeyRecord> open_key_record(const ItemId& id, ByteView sealed) const;
  Result<void> put_item(store::Batch& batch, const ItemId& id, KeyRecord record, ByteView content);

  store::Store* store_;
  const sign::MasterKey* master_;
  Random* random_;
  mutable std::atomic<bool> master_checked_ = false;
};

}  // namespace refledger::vault
