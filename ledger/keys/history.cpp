#include "ledger/keys/history.h"

#include "ledger/core/jws.h"
#include "ledger/format/origin.h"
#include "ledger/keys/ed25519.h"

namespace refledger::keys {
namespace {

using format::Entry;
using format::Issued;
using format::KeyAdded;
using format::KeyRetired;
using format::Withdrawn;

Error refused(const char* why) { return {Fault::refused, std::string("entry: ") + why}; }
Error malformed(const char* why) { return {Fault::malformed, std::string("entry: ") + why}; }
Error conflict(const char* why) { return {Fault::conflict, std::string("entry: ") + why}; }

}  // namespace

// ---- the keys of every issuer -------------------------------------------------------------------

Result<void> Issuers::apply(const Entry& entry, LeafIndex at) {
  const auto* const added = std::get_if<KeyAdded>(&entry.act);
  const auto* const retired = std::get_if<KeyRetired>(&entry.act);
  if (added == nullptr && retired == nullptr) return refused("no key entry");
  const std::string kid = added == nullptr ? std::string() : thumbprint(added->key);
  if (iss_of_kid_.contains(kid)) return conflict("kid added already");
  const std::string& iss = added == nullptr ? retired->iss : added->iss;
  const auto known = issuers_.find(iss);
  if (known == issuers_.end() && added == nullptr) {
    return refused("an issuer's first entry is key-added");
  }
  IssuerKeys fresh;
  IssuerKeys& issuer = known == issuers_.end() ? fresh : known->second;
  if (const Result<void> applied = issuer.apply(entry, at); !applied) return applied;
  if (known == issuers_.end()) issuers_.emplace(iss, std::move(fresh));
  if (added != nullptr) iss_of_kid_.emplace(kid, iss);
  return {};
}

Result<const IssuerKeys*> Issuers::attester(std::string_view kid, LeafIndex at) const {
  const auto iss = iss_of_kid_.find(kid);
  if (iss == iss_of_kid_.end()) return refused("signed by a key that was never added");
  const IssuerKeys& issuer = issuers_.find(iss->second)->second;
  if (!issuer.may_attest(kid, at)) return refused("signer is no current issuer key");
  return &issuer;
}

const IssuerKeys* Issuers::find(std::string_view iss) const {
  const auto found = issuers_.find(iss);
  return found == issuers_.end() ? nullptr : &found->second;
}

const IssuerKeys* Issuers::owner(std::string_view kid) const {
  const auto iss = iss_of_kid_.find(kid);
  return iss == iss_of_kid_.end() ? nullptr : find(iss->second);
}

// ---- one reference ------------------------------------------------------------------------------

Result<void> check_issued(const Reference* before) {
  return before == nullptr ? Result<void>() : conflict("ref issued already");
}

Result<void> check_withdrawn(const Reference* before, std::string_view iss) {
  if (before == nullptr) return refused("withdraws a ref that was never issued");
  if (before->iss != iss) return refused("withdraws another issuer's ref");
  if (before->withdrawn) return conflict("ref withdrawn already");
  return {};
}

// ---- the whole log ------------------------------------------------------------------------------

Result<void> LedgerState::apply(const Entry& entry, LeafIndex at) {
  if (at != next_) return refused("out of order");
  if (!format::is_same_log(entry.log, origin_)) return malformed("made for another log");
  Result<void> taken = std::visit([&](const auto& act) { return take(act, entry, at); }, entry.act);
  if (taken) ++next_.position;
  return taken;
}

Result<std::string> LedgerState::attested_by(const Entry& entry, LeafIndex at) const {
  const Result<const IssuerKeys*> issuer = issuers_.attester(entry.kid, at);
  if (!issuer) return issuer.error();
  const std::optional<PublicKey> key = (*issuer)->find(entry.kid, format::KeyUse::issuer);
  if (!signature_holds(*key, bytes_of(entry.signing_input), entry.signature)) {
    return malformed("signature does not hold");
  }
  return (*issuer)->iss();
}

Result<void> LedgerState::take(const Issued& act, const Entry& entry, LeafIndex at) {
  Result<std::string> iss = attested_by(entry, at);
  if (!iss) return iss.error();
  if (const Result<void> allowed = check_issued(find(act.ref)); !allowed) return allowed;
  references_.emplace(act.ref, Reference{at, *std::move(iss), std::nullopt});
  return {};
}

Result<void> LedgerState::take(const Withdrawn& act, const Entry& entry, LeafIndex at) {
  const Result<std::string> iss = attested_by(entry, at);
  if (!iss) return iss.error();
  if (const Result<void> allowed = check_withdrawn(find(act.ref), *iss); !allowed) return allowed;
  references_.find(act.ref)->second.withdrawn = at;
  return {};
}

Result<void> LedgerState::take(const KeyAdded&, const Entry& entry, LeafIndex at) {
  return issuers_.apply(entry, at);
}

Result<void> LedgerState::take(const KeyRetired&, const Entry& entry, LeafIndex at) {
  return issuers_.apply(entry, at);
}

const Reference* LedgerState::find(const ReferenceHash& ref) const {
  const auto found = references_.find(ref);
  return found == references_.end() ? nullptr : &found->second;
}

}  // namespace refledger::keys
