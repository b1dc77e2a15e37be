// The chain of one issuer's key entries.
#include <algorithm>

#include "ledger/core/jws.h"
#include "ledger/format/origin.h"
#include "ledger/keys/ed25519.h"
#include "ledger/keys/history.h"

namespace refledger::keys {
namespace {

using format::Entry;
using format::KeyAdded;
using format::KeyRetired;
using format::KeyUse;

Error refused(const char* why) { return {Fault::refused, std::string("key entry: ") + why}; }
Error malformed(const char* why) { return {Fault::malformed, std::string("key entry: ") + why}; }
Error conflict(const char* why) { return {Fault::conflict, std::string("key entry: ") + why}; }

bool is_signed_by(const Entry& entry, const PublicKey& key) {
  return signature_holds(key, bytes_of(entry.signing_input), entry.signature);
}

bool pop_holds(const KeyAdded& act, const std::string& log) {
  return act.pop && signature_holds(act.key, pop_message(act, log), *act.pop);
}

}  // namespace

Result<void> IssuerKeys::apply(const Entry& entry, LeafIndex at) {
  if (const Result<void> placed = check_place(entry, at); !placed) return placed;
  if (const auto* added = std::get_if<KeyAdded>(&entry.act)) return add(*added, entry, at);
  if (const auto* retired = std::get_if<KeyRetired>(&entry.act)) return retire(*retired, entry, at);
  return refused("another act");
}

// ---- what is checked ----------------------------------------------------------------------------

Result<void> IssuerKeys::check_place(const Entry& entry, LeafIndex at) const {
  if (keys_.empty()) return {};
  if (at <= last_at_) return refused("out of order");
  if (!format::is_same_log(log_, entry.log)) return malformed("made for another log");
  return {};
}

Result<void> IssuerKeys::check_new_key(const KeyAdded& act, const Entry& entry) const {
  if (keys_.contains(thumbprint(act.key))) return conflict("kid added already");
  if (!is_enrollable(act.key)) return refused("key is not a point of the prime-order subgroup");
  if (act.recovery && !is_enrollable(*act.recovery))
    return refused("recovery key is no such point");
  if (act.recovery == act.key || was_named_recovery(act.key) ||
      (act.recovery && keys_.contains(thumbprint(*act.recovery)))) {
    return refused("the recovery key signs key entries only");
  }
  if (!pop_holds(act, entry.log)) return malformed("proof of possession does not hold");
  return {};
}

Result<IssuerKeys::SignedBy> IssuerKeys::check_first(const KeyAdded& act,
                                                     const Entry& entry) const {
  if (act.use != KeyUse::issuer) return refused("an issuer's first key has use issuer");
  if (act.prev) return refused("prev in an issuer's first entry");
  if (entry.kid != thumbprint(act.key)) return refused("an issuer's first key signs itself");
  if (!is_signed_by(entry, act.key)) return malformed("signature does not hold");
  return SignedBy{act.key, ""};
}

Result<IssuerKeys::SignedBy> IssuerKeys::check_signer(const Entry& entry, const std::string& iss,
                                                      const std::optional<EntryHash>& prev,
                                                      LeafIndex at) const {
  if (keys_.empty()) return refused("an issuer's first entry is key-added");
  if (iss != iss_) return refused("another issuer");
  if (prev != last_) return refused("prev is not the issuer's latest key entry");
  const bool recovering = is_recovery(entry.kid);
  if (!recovering && !may_attest(entry.kid, at)) return refused("signer is no current issuer key");
  SignedBy signer;
  signer.key = recovering ? *recovery_ : keys_.find(entry.kid)->second.key;
  signer.by = recovering ? "" : entry.kid;
  if (!is_signed_by(entry, signer.key)) return malformed("signature does not hold");
  return signer;
}

// Otherwise a stolen issuer key could put its own recovery key in the place of the offline one.
Result<void> IssuerKeys::check_recovery(const KeyAdded& act, const SignedBy& signer) const {
  if (!act.recovery || !recovery_ || act.recovery == recovery_) return {};
  if (signer.key == *recovery_) return {};
  return refused("only the recovery key may name another recovery key");
}

Result<void> IssuerKeys::check_retirement(const KeyRetired& act, const SignedBy& signer,
                                          LeafIndex at) const {
  const auto found = keys_.find(act.kid);
  if (found == keys_.end()) return refused("retires a kid that was never added");
  if (act.bad_from && *act.bad_from > at.position) return refused("bad_from lies ahead");
  const Key& key = found->second;
  if (!key.retired || signer.key == recovery_) return {};
  // A theft may come to light after the key was retired in the ordinary way.
  const bool says_more = act.bad_from && (!key.bad_from || *act.bad_from < key.bad_from->position);
  if (!says_more) return conflict("kid retired already");
  return {};
}

// ---- what is kept -------------------------------------------------------------------------------

Result<void> IssuerKeys::add(const KeyAdded& act, const Entry& entry, LeafIndex at) {
  if (const Result<void> fit = check_new_key(act, entry); !fit) return fit;
  const Result<SignedBy> signer =
      keys_.empty() ? check_first(act, entry) : check_signer(entry, act.iss, act.prev, at);
  if (!signer) return signer.error();
  if (const Result<void> kept = check_recovery(act, *signer); !kept) return kept;
  const std::string kid = thumbprint(act.key);
  keys_.emplace(kid, Key{act.key, act.use, at, signer->by, act.name, act.recovery, {}, {}, false});
  in_order_.push_back(kid);
  iss_ = act.iss;
  accept(entry, at);
  return {};
}

Result<void> IssuerKeys::retire(const KeyRetired& act, const Entry& entry, LeafIndex at) {
  const Result<SignedBy> signer = check_signer(entry, act.iss, act.prev, at);
  if (!signer) return signer.error();
  if (const Result<void> fit = check_retirement(act, *signer, at); !fit) return fit;
  Retirement retirement{at, signer->by, act.kid, std::nullopt};
  if (act.bad_from) retirement.bad_from = LeafIndex{*act.bad_from};
  retirements_.push_back(std::move(retirement));
  weigh_retirements();
  accept(entry, at);
  return {};
}

void IssuerKeys::accept(const Entry& entry, LeafIndex at) {
  log_ = entry.log;
  last_ = format::hash_entry(entry.jws);
  last_at_ = at;
  take_name_and_recovery();
}

// A retirement signed by a key that a later one calls bad from before does not count.  From the
// last to the first, each is judged by those after it that do count, so no two can wait for each
// other.  The latest of all always counts: its signer was a current key.  What the recovery key
// says of a kid stands in the place of every bad_from said before, for a thief may have said it;
// the kid's end stays where it was first retired, so that nothing it signed since comes to count.
void IssuerKeys::weigh_retirements() {
  for (auto& [kid, key] : keys_) {
    key.retired = key.bad_from = std::nullopt;
    key.recovery_spoke = false;
  }
  for (auto each = retirements_.rbegin(); each != retirements_.rend(); ++each) {
    if (!each->by.empty()) {
      const Key& signer = keys_.find(each->by)->second;
      if (signer.bad_from && each->at >= *signer.bad_from) continue;
      if (!descends_well(signer)) continue;
    }
    Key& key = keys_.find(each->kid)->second;
    key.retired = each->at;
    if (key.recovery_spoke) continue;
    key.recovery_spoke = each->by.empty();
    if (each->bad_from)
      key.bad_from = std::min(key.bad_from.value_or(*each->bad_from), *each->bad_from);
  }
}

void IssuerKeys::take_name_and_recovery() {
  recovery_.reset();
  for (const std::string& kid : in_order_) {
    const Key& key = keys_.find(kid)->second;
    if (!descends_well(key)) continue;
    if (key.use == KeyUse::issuer) name_ = key.name;
    if (key.recovery) recovery_ = key.recovery;
  }
}

// ---- what is asked ------------------------------------------------------------------------------

bool IssuerKeys::was_named_recovery(const PublicKey& key) const {
  return std::any_of(keys_.begin(), keys_.end(),
                     [&](const auto& each) { return each.second.recovery == key; });
}

bool IssuerKeys::is_recovery(std::string_view kid) const {
  return recovery_ && thumbprint(*recovery_) == kid;
}

// That no key was bad when it added the next one, up to the first key or the recovery key.
bool IssuerKeys::descends_well(const Key& key) const {
  const Key* child = &key;
  while (!child->added_by.empty()) {
    const Key& parent = keys_.find(child->added_by)->second;
    if (parent.bad_from && child->added >= *parent.bad_from) return false;
    child = &parent;
  }
  return true;
}

bool IssuerKeys::counts(const Key& key, LeafIndex at) const {
  return key.added < at && !(key.retired && at > *key.retired) &&
         !(key.bad_from && at >= *key.bad_from) && descends_well(key);
}

bool IssuerKeys::may_attest(std::string_view kid, LeafIndex at) const {
  const auto found = keys_.find(kid);
  return found != keys_.end() && found->second.use == KeyUse::issuer && counts(found->second, at);
}

bool IssuerKeys::may_sign_status(std::string_view kid, TreeSize size) const {
  const auto found = keys_.find(kid);
  return found != keys_.end() && found->second.use == KeyUse::status &&
         counts(found->second, {size.leaves});
}

std::optional<PublicKey> IssuerKeys::find(std::string_view kid, KeyUse use) const {
  const auto found = keys_.find(kid);
  if (found == keys_.end() || found->second.use != use) return std::nullopt;
  return found->second.key;
}

}  // namespace refledger::keys
