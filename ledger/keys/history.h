// Who may say what, in the order of the log: the one state machine of log, fsck and verifier.
//
// Order    Entries are applied in the order of their index.  IssuerKeys needs only the key entries
//          of one issuer; LedgerState needs every entry.
// Errors   refused (a rule broken: the detail names it), conflict (this ref is issued already, this
//          kid added already), malformed (signature does not hold, other log)
// Source   docs/format/entry.md, "Rules"
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/format/entry.h"

namespace refledger::keys {

/// The chain of key entries of one issuer.
class IssuerKeys {
 public:
  /// Checks and adds the next key entry (key-added or key-retired).  On error nothing changes.
  Result<void> apply(const format::Entry& entry, LeafIndex at);

  /// Whether what `kid` signs as `issued` or `withdrawn` at `at` counts: it is an issuer key added
  /// before and neither retired before `at` nor bad from there on.
  bool may_attest(std::string_view kid, LeafIndex at) const;

  /// The key with that thumbprint and use, retired or not.
  std::optional<PublicKey> find(std::string_view kid, format::KeyUse use) const;

  const std::string& iss() const { return iss_; }
  /// The name in the issuer's latest key-added with use issuer.
  const std::string& name() const { return name_; }
  /// `prev` for the next key entry; nothing while there is none.
  const std::optional<EntryHash>& last() const { return last_; }

 private:
  struct Key {
    PublicKey key;
    format::KeyUse use;
    LeafIndex added;
    std::optional<LeafIndex> retired;
    std::optional<LeafIndex> bad_from;
  };
  std::string iss_;
  std::string name_;
  std::optional<EntryHash> last_;
  std::optional<PublicKey> recovery_;
  std::map<std::string, Key, std::less<>> keys_;
};

/// What the whole log says so far.
class LedgerState {
 public:
  explicit LedgerState(std::string origin) : origin_(std::move(origin)) {}

  /// Checks and applies the next entry.  On error nothing changes.
  Result<void> apply(const format::Entry& entry, LeafIndex at);

  struct Reference {
    LeafIndex issued;
    std::string iss;
    std::optional<LeafIndex> withdrawn;
  };
  const Reference* find(const ReferenceHash& ref) const;
  const IssuerKeys* issuer(std::string_view iss) const;

 private:
  std::string origin_;
  std::map<std::string, IssuerKeys, std::less<>> issuers_;
  std::map<std::string, std::string, std::less<>> iss_of_kid_;
  std::map<ReferenceHash, Reference> references_;
};

}  // namespace refledger::keys
