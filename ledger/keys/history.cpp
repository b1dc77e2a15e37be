#include "ledger/keys/history.h"

#include "ledger/core/jws.h"
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

Result<void> LedgerState::apply(const Entry& entry, LeafIndex at) {
  if (at != next_) return refused("out of order");
  if (entry.log != origin_) return malformed("made for another log");
  Result<void> taken = std::visit([&](const auto& act) { return take(act, entry, at); }, entry.act);
  if (taken) ++next_.position;
  return taken;
}

Result<std::string> LedgerState::attested_by(const Entry& entry, LeafIndex at) const {
  const auto iss = iss_of_kid_.find(entry.kid);
  if (iss == iss_of_kid_.end()) return refused("signed by a key that was never added");
  const IssuerKeys& issuer = issuers_.find(iss->second)->second;
  if (!issuer.may_attest(entry.kid, at)) return refused("signer is no current issuer key");
  const std::optional<PublicKey> key = issuer.find(entry.kid, format::KeyUse::issuer);
  if (!signature_holds(*key, bytes_of(entry.signing_input), entry.signature)) {
    return malformed("signature does not hold");
  }
  return iss->second;
}

Result<void> LedgerState::take(const Issued& act, const Entry& entry, LeafIndex at) {
  Result<std::string> iss = attested_by(entry, at);
  if (!iss) return iss.error();
  if (references_.contains(act.ref)) return conflict("ref issued already");
  references_.emplace(act.ref, Reference{at, *std::move(iss), std::nullopt});
  return {};
}

Result<void> LedgerState::take(const Withdrawn& act, const Entry& entry, LeafIndex at) {
  const Result<std::string> iss = attested_by(entry, at);
  if (!iss) return iss.error();
  const auto found = references_.find(act.ref);
  if (found == references_.end()) return refused("withdraws a ref that was never issued");
  if (found->second.iss != *iss) return refused("withdraws another issuer's ref");
  if (found->second.withdrawn) return conflict("ref withdrawn already");
  found->second.withdrawn = at;
  return {};
}

Result<void> LedgerState::take(const KeyAdded& act, const Entry& entry, LeafIndex at) {
  const std::string kid = thumbprint(act.key);
  if (iss_of_kid_.contains(kid)) return conflict("kid added already");
  const auto known = issuers_.find(act.iss);
  IssuerKeys fresh;
  IssuerKeys& issuer = known == issuers_.end() ? fresh : known->second;
  if (const Result<void> applied = issuer.apply(entry, at); !applied) return applied;
  if (known == issuers_.end()) issuers_.emplace(act.iss, std::move(fresh));
  iss_of_kid_.emplace(kid, act.iss);
  return {};
}

Result<void> LedgerState::take(const KeyRetired& act, const Entry& entry, LeafIndex at) {
  const auto known = issuers_.find(act.iss);
  if (known == issuers_.end()) return refused("an issuer's first entry is key-added");
  return known->second.apply(entry, at);
}

const LedgerState::Reference* LedgerState::find(const ReferenceHash& ref) const {
  const auto found = references_.find(ref);
  return found == references_.end() ? nullptr : &found->second;
}

const IssuerKeys* LedgerState::issuer(std::string_view iss) const {
  const auto found = issuers_.find(iss);
  return found == issuers_.end() ? nullptr : &found->second;
}

}  // namespace refledger::keys
