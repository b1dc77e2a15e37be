// The vault: everything personal, each item encrypted under a key of its own.
//
// Shape    Space "item": ID -> sealed under the item's key.  Space "key": ID -> the item's key,
//          sealed under the master key.  IDs are 128 random bits, so no key of the database says
//          anything about a person.
// Order    put() is durable when it returns.  erase() destroys the item's key and the item.
// Errors   storage, not_found (also after erase), refused (master key or content altered)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/random.h"
#include "ledger/core/result.h"
#include "ledger/sign/master_key.h"
#include "ledger/store/store.h"

namespace refledger::vault {

inline const std::vector<std::string> kSpaces{"item", "key", "index"};

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
  Result<std::vector<ItemId>> list(std::string_view kind) const;

 private:
  store::Store* store_;
  const sign::MasterKey* master_;
  Random* random_;
};

}  // namespace refledger::vault
