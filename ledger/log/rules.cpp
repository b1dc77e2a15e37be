#include "ledger/log/rules.h"

#include <algorithm>
#include <cstring>
#include <mutex>

#include "ledger/core/hash.h"
#include "ledger/core/jws.h"
#include "ledger/format/origin.h"
#include "ledger/log/layout.h"

namespace refledger::log {
namespace {

Error damaged(const std::string& what) { return {Fault::storage, "ledger: " + what}; }

}  // namespace

// ---- keys ---------------------------------------------------------------------------------------

Result<void> Rules::load_keys(TreeSize indexed) {
  std::vector<LeafIndex> positions;
  Result<void> parsed;
  const Result<void> scanned =
      store_->scan(layout::kByIss, "e", "f", [&](std::string_view key, ByteView) {
        const Result<LeafIndex> at = layout::position_of_key(key);
        if (!at) parsed = at.error();
        if (at && at->position < indexed.leaves) positions.push_back(*at);
        return at.has_value();
      });
  if (!scanned) return scanned;
  if (!parsed) return parsed;
  std::ranges::sort(positions);
  for (const LeafIndex at : positions) {
    Result<format::Entry> entry = stored_entry(at);
    if (!entry) return entry.error();
    const TreeHash leaf = hash_leaf(bytes_of(entry->jws));
    const Result<Placed> placed = place({*std::move(entry), leaf, false}, at);
    if (!placed)
      return damaged("entry " + std::to_string(at.position) + ": " + placed.error().detail);
  }
  begin();
  return {};
}

std::optional<PublicKey> Rules::key_of(std::string_view kid) const {
  const std::shared_lock reading(keys_mutex_);
  const auto found = key_by_kid_.find(kid);
  return found == key_by_kid_.end() ? std::nullopt : std::optional(found->second);
}

Result<Rules::Placed> Rules::take_key_entry(const Incoming& incoming, LeafIndex next) {
  const auto known = key_entries_.find(incoming.leaf);
  if (known != key_entries_.end()) return Placed{known->second, false};
  if (!undo_issuers_) undo_issuers_ = issuers_;
  if (Result<void> applied = issuers_.apply(incoming.entry, next); !applied) return applied.error();
  key_entries_.emplace(incoming.leaf, next);
  undo_key_entries_.push_back(incoming.leaf);
  return Placed{next, true};
}

Result<Rules::Placed> Rules::take(const format::KeyAdded& act, const Incoming& incoming,
                                  LeafIndex next) {
  Result<Placed> placed = take_key_entry(incoming, next);
  if (!placed || !placed->added) return placed;
  const std::unique_lock alone(keys_mutex_);  // a key is its thumbprint's for good, even if undone
  if (act.use == format::KeyUse::issuer) key_by_kid_.emplace(thumbprint(act.key), act.key);
  return placed;
}

Result<Rules::Placed> Rules::take(const format::KeyRetired&, const Incoming& incoming,
                                  LeafIndex next) {
  return take_key_entry(incoming, next);
}

// ---- references ---------------------------------------------------------------------------------

std::size_t Rules::HashOfRef::operator()(const ReferenceHash& ref) const {
  std::size_t hash = 0;  // it is a hash already
  std::memcpy(&hash, ref.bytes.data(), sizeof(hash));
  return hash;
}

Result<Rules::Placed> Rules::place(const Incoming& incoming, LeafIndex next) {
  if (!format::is_same_log(incoming.entry.log, origin_)) {
    return Error{Fault::malformed, "entry: made for another log"};
  }
  return std::visit([&](const auto& act) { return take(act, incoming, next); }, incoming.entry.act);
}

Result<std::string> Rules::attested_by(const Incoming& incoming, LeafIndex next) const {
  const Result<const keys::IssuerKeys*> issuer = issuers_.attester(incoming.entry.kid, next);
  if (!issuer) return issuer.error();
  if (incoming.checked) return (*issuer)->iss();
  const std::optional<PublicKey> key = (*issuer)->find(incoming.entry.kid, format::KeyUse::issuer);
  if (!signature_holds_(*key, bytes_of(incoming.entry.signing_input), incoming.entry.signature)) {
    return Error{Fault::malformed, "entry: signature does not hold"};
  }
  return (*issuer)->iss();
}

Result<Rules::Placed> Rules::take(const format::Issued& act, const Incoming& incoming,
                                  LeafIndex next) {
  const Result<std::optional<Known>> known = find(act.ref);
  if (!known) return known.error();
  if (*known && (*known)->issued_leaf == incoming.leaf) return Placed{(*known)->issued, false};
  Result<std::string> iss = attested_by(incoming, next);
  if (!iss) return iss.error();
  const keys::Reference before =
      *known ? keys::Reference{(*known)->issued, "", {}} : keys::Reference{};
  if (Result<void> allowed = keys::check_issued(*known ? &before : nullptr); !allowed) {
    return allowed.error();
  }
  remember(act.ref, {next, *std::move(iss), std::nullopt, incoming.leaf, {}}, next);
  return Placed{next, true};
}

Result<Rules::Placed> Rules::take(const format::Withdrawn& act, const Incoming& incoming,
                                  LeafIndex next) {
  Result<std::optional<Known>> known = find(act.ref);
  if (!known) return known.error();
  if (*known && (*known)->withdrawn && (*known)->withdrawn_leaf == incoming.leaf) {
    return Placed{*(*known)->withdrawn, false};
  }
  const Result<std::string> iss = attested_by(incoming, next);
  if (!iss) return iss.error();
  const keys::Reference before =
      *known ? keys::Reference{(*known)->issued, (*known)->iss, (*known)->withdrawn}
             : keys::Reference{};
  if (Result<void> allowed = keys::check_withdrawn(*known ? &before : nullptr, *iss); !allowed) {
    return allowed.error();
  }
  Known after = **std::move(known);
  after.withdrawn = next;
  after.withdrawn_leaf = incoming.leaf;
  remember(act.ref, std::move(after), next);
  return Placed{next, true};
}

Result<std::optional<Rules::Known>> Rules::find(const ReferenceHash& ref) const {
  const auto fresh = references_.find(ref);
  if (fresh != references_.end()) return std::optional(fresh->second);
  return find_stored(ref);
}

// The index says where; what stands there is read, so that a repetition is compared with the entry.
Result<std::optional<Rules::Known>> Rules::find_stored(const ReferenceHash& ref) const {
  std::vector<std::pair<std::string, bool>> rows;
  const std::string from = layout::ref_key(ref, 0);
  const Result<void> scanned =
      store_->scan(layout::kByRef, from, layout::ref_key(ref, ~std::uint64_t{0}),
                   [&](std::string_view key, ByteView value) {
                     rows.emplace_back(key, text_of(value) == layout::kIssuedMark);
                     return true;
                   });
  if (!scanned) return scanned.error();
  std::optional<Known> known;
  for (const auto& [key, issues] : rows) {
    const Result<LeafIndex> at = layout::position_of_key(key);
    if (!at) return at.error();
    const Result<format::Entry> entry = stored_entry(*at);
    if (!entry) return entry.error();
    const TreeHash leaf = hash_leaf(bytes_of(entry->jws));
    if (issues != std::holds_alternative<format::Issued>(entry->act) ||
        issues == known.has_value()) {
      return damaged("the rows of a reference in by_ref are not those of its entries");
    }
    if (issues) {
      const keys::IssuerKeys* const issuer = issuers_.owner(entry->kid);
      if (issuer == nullptr) {
        return damaged("entry " + std::to_string(at->position) + ": its key is unknown");
      }
      known = Known{*at, issuer->iss(), std::nullopt, leaf, {}};
    } else {
      known->withdrawn = *at;
      known->withdrawn_leaf = leaf;
    }
  }
  return known;
}

Result<format::Entry> Rules::stored_entry(LeafIndex at) const {
  const std::string name = "entry " + std::to_string(at.position);
  const auto stored = store_->get(layout::kEntry, store::number_key(at.position));
  if (!stored) return stored.error();
  if (!*stored) return damaged(name + " is missing");
  Result<format::Entry> entry = format::parse_entry(text_of(**stored));
  if (!entry) return damaged(name + ": " + entry.error().detail);
  return entry;
}

// ---- taking back and forgetting -----------------------------------------------------------------

void Rules::remember(const ReferenceHash& ref, Known known, LeafIndex next) {
  const auto found = references_.find(ref);
  undo_references_.emplace_back(
      ref, found == references_.end() ? std::nullopt : std::optional(found->second));
  references_.insert_or_assign(ref, std::move(known));
  in_order_.emplace_back(next, ref);
}

void Rules::begin() {
  undo_references_.clear();
  undo_key_entries_.clear();
  undo_issuers_.reset();
}

void Rules::undo() {
  for (auto change = undo_references_.rbegin(); change != undo_references_.rend(); ++change) {
    auto& [ref, before] = *change;
    if (before) {
      references_.insert_or_assign(ref, *std::move(before));
    } else {
      references_.erase(ref);
    }
    in_order_.pop_back();
  }
  for (const TreeHash& leaf : undo_key_entries_) key_entries_.erase(leaf);
  if (undo_issuers_) issuers_ = *std::move(undo_issuers_);
  begin();
}

void Rules::forget_below(TreeSize indexed) {
  while (!in_order_.empty() && in_order_.front().first.position < indexed.leaves) {
    const auto found = references_.find(in_order_.front().second);
    in_order_.pop_front();
    if (found == references_.end()) continue;
    const LeafIndex last = found->second.withdrawn.value_or(found->second.issued);
    if (last.position < indexed.leaves) references_.erase(found);
  }
}

}  // namespace refledger::log
