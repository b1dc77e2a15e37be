// Who may say what, in the order of the log: the one state machine of log, fsck and verifier.
//
// Order    Entries are applied in the order of their index.  IssuerKeys needs only the key entries
//          of one issuer, Issuers those of all; LedgerState needs every entry.
// Errors   refused (a rule broken: the detail names it), conflict (this ref is issued already, this
//          kid added already), malformed (signature does not hold, other log)
// Source   docs/format/entry.md, "Rules"
#pragma once

#include <map>
#include <optional>
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
  /// before and neither retired before `at` nor bad from there on, nor is one that it descends
  /// from.
  bool may_attest(std::string_view kid, LeafIndex at) const;

  /// Whether a status token of `kid` for the log's first `size` entries counts: a status key
  /// added among them and not retired among them.
  bool may_sign_status(std::string_view kid, TreeSize size) const;

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
    std::string added_by;  // kid; empty for the first key and where the recovery key signed
    std::string name;
    std::optional<PublicKey> recovery;
    std::optional<LeafIndex> retired;
    std::optional<LeafIndex> bad_from;
    bool recovery_spoke;  // what was said of it before the recovery key did is passed over
  };
  struct Retirement {
    LeafIndex at;
    std::string by;  // kid; empty where the recovery key signed
    std::string kid;
    std::optional<LeafIndex> bad_from;
  };
  struct SignedBy {
    PublicKey key;
    std::string by;
  };

  Result<void> check_place(const format::Entry& entry, LeafIndex at) const;
  Result<void> check_new_key(const format::KeyAdded& act, const format::Entry& entry) const;
  Result<SignedBy> check_signer(const format::Entry& entry, const std::string& iss,
                                const std::optional<EntryHash>& prev, LeafIndex at) const;
  Result<void> check_recovery(const format::KeyAdded& act, const SignedBy& signer) const;
  Result<SignedBy> check_first(const format::KeyAdded& act, const format::Entry& entry) const;
  Result<void> check_retirement(const format::KeyRetired& act, const SignedBy& signer,
                                LeafIndex at) const;
  Result<void> add(const format::KeyAdded& act, const format::Entry& entry, LeafIndex at);
  Result<void> retire(const format::KeyRetired& act, const format::Entry& entry, LeafIndex at);
  void accept(const format::Entry& entry, LeafIndex at);

  bool was_named_recovery(const PublicKey& key) const;
  bool is_recovery(std::string_view kid) const;
  bool descends_well(const Key& key) const;
  bool counts(const Key& key, LeafIndex at) const;
  void weigh_retirements();
  void take_name_and_recovery();

  std::string iss_;
  std::string name_;
  std::string log_;
  std::optional<EntryHash> last_;
  LeafIndex last_at_;
  std::optional<PublicKey> recovery_;
  std::map<std::string, Key, std::less<>> keys_;
  std::vector<std::string> in_order_;  // the kids, as they were added
  std::vector<Retirement> retirements_;
};

/// The keys of every issuer.
class Issuers {
 public:
  /// Checks and adds the next key entry of whichever issuer it names.  On error nothing changes.
  Result<void> apply(const format::Entry& entry, LeafIndex at);

  /// The issuer for whom `kid` may attest at `at`; whether it signed is not asked here.
  Result<const IssuerKeys*> attester(std::string_view kid, LeafIndex at) const;

  const IssuerKeys* find(std::string_view iss) const;
  /// The issuer that added `kid`, whatever became of the key since.
  const IssuerKeys* owner(std::string_view kid) const;
  /// In the order of their `iss`.
  const std::map<std::string, IssuerKeys, std::less<>>& all() const { return issuers_; }

 private:
  std::map<std::string, IssuerKeys, std::less<>> issuers_;
  std::map<std::string, std::string, std::less<>> iss_of_kid_;
};

/// What became of one `ref`.
struct Reference {
  LeafIndex issued;
  std::string iss;
  std::optional<LeafIndex> withdrawn;
};

/// Whether a ref may be issued, or withdrawn by `iss`, after what `before` tells of it (null:
/// none).
Result<void> check_issued(const Reference* before);
Result<void> check_withdrawn(const Reference* before, std::string_view iss);

/// What the whole log says so far.
class LedgerState {
 public:
  explicit LedgerState(std::string origin) : origin_(std::move(origin)) {}

  /// Checks and applies the next entry; `at` is the number of those before.  On error nothing
  /// changes.
  Result<void> apply(const format::Entry& entry, LeafIndex at);

  using Reference = keys::Reference;
  const Reference* find(const ReferenceHash& ref) const;
  const IssuerKeys* issuer(std::string_view iss) const { return issuers_.find(iss); }

 private:
  Result<void> take(const format::Issued& act, const format::Entry& entry, LeafIndex at);
  Result<void> take(const format::Withdrawn& act, const format::Entry& entry, LeafIndex at);
  Result<void> take(const format::KeyAdded& act, const format::Entry& entry, LeafIndex at);
  Result<void> take(const format::KeyRetired& act, const format::Entry& entry, LeafIndex at);
  /// The issuer for whom the entry's key may attest, once its signature holds.
  Result<std::string> attested_by(const format::Entry& entry, LeafIndex at) const;

  std::string origin_;
  LeafIndex next_;
  Issuers issuers_;
  std::map<ReferenceHash, Reference> references_;
};

}  // namespace refledger::keys
