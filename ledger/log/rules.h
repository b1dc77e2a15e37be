// What may be appended next: the rules of ledger/keys, with the keys in memory and the references
// of a ledger of any size.
//
// State    Every issuer's keys; of the references only those above the index watermark, about 200
//          bytes each.  Those below are looked up in the store.
// Errors   As those of ledger/keys; storage
// Threads  One at a time, but for key_of().
// Source   docs/format/entry.md, "Rules"
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <shared_mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/format/entry.h"
#include "ledger/keys/history.h"
#include "ledger/store/store.h"

namespace refledger::log {

/// What checks an entry's signature: keys::signature_holds, except in measurements.
using SignatureCheck = bool (*)(const PublicKey&, ByteView, const Signature&);

/// An entry on its way into the log.
struct Incoming {
  format::Entry entry;
  TreeHash leaf;         ///< of the bytes that were parsed and checked
  bool checked = false;  ///< its signature holds by the key that its kid names
};

class Rules {
 public:
  Rules(const store::Reader& store, std::string origin, SignatureCheck signature_holds)
      : store_(&store), origin_(std::move(origin)), signature_holds_(signature_holds) {}

  /// Takes in the key entries below the watermark `indexed`, as the store's index names them.
  Result<void> load_keys(TreeSize indexed);

  struct Placed {
    LeafIndex at;
    bool added = false;  ///< otherwise it was there already, byte for byte
  };
  /// Applies the entry as the next one, at `next`, unless it is there already.
  Result<Placed> place(const Incoming& incoming, LeafIndex next);

  /// From here on undo() takes back what place() applied.
  void begin();
  void undo();

  /// The references below have their index rows now.
  void forget_below(TreeSize indexed);

  /// The issuer key with that thumbprint, whoever's it is.  Any thread.
  std::optional<PublicKey> key_of(std::string_view kid) const;

  const keys::Issuers& issuers() const { return issuers_; }

 private:
  struct Known {
    LeafIndex issued;
    std::string iss;
    std::optional<LeafIndex> withdrawn;
    TreeHash issued_leaf;
    TreeHash withdrawn_leaf;
  };
  struct HashOfRef {
    std::size_t operator()(const ReferenceHash& ref) const;
  };

  Result<Placed> take(const format::Issued& act, const Incoming& incoming, LeafIndex next);
  Result<Placed> take(const format::Withdrawn& act, const Incoming& incoming, LeafIndex next);
  Result<Placed> take(const format::KeyAdded& act, const Incoming& incoming, LeafIndex next);
  Result<Placed> take(const format::KeyRetired& act, const Incoming& incoming, LeafIndex next);
  Result<Placed> take_key_entry(const Incoming& incoming, LeafIndex next);
  Result<std::string> attested_by(const Incoming& incoming, LeafIndex next) const;
  Result<std::optional<Known>> find(const ReferenceHash& ref) const;
  Result<std::optional<Known>> find_stored(const ReferenceHash& ref) const;
  Result<format::Entry> stored_entry(LeafIndex at) const;
  void remember(const ReferenceHash& ref, Known known, LeafIndex next);

  const store::Reader* store_;
  std::string origin_;
  SignatureCheck signature_holds_;
  keys::Issuers issuers_;
  std::map<TreeHash, LeafIndex> key_entries_;
  std::unordered_map<ReferenceHash, Known, HashOfRef> references_;
  std::deque<std::pair<LeafIndex, ReferenceHash>> in_order_;  // of references_, by position

  std::vector<std::pair<ReferenceHash, std::optional<Known>>> undo_references_;
  std::vector<TreeHash> undo_key_entries_;
  std::optional<keys::Issuers> undo_issuers_;

  mutable std::shared_mutex keys_mutex_;
  std::map<std::string, PublicKey, std::less<>> key_by_kid_;
};

}  // namespace refledger::log
