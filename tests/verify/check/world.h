// A small world to check references in: one log, one issuer, one reference, one witness.
#pragma once

#include <string>
#include <vector>

#include "ledger/core/hash.h"
#include "ledger/credential/status_list.h"
#include "ledger/format/entry.h"
#include "ledger/format/receipt.h"
#include "ledger/keys/note.h"
#include "support/example.h"
#include "verify/check/check.h"

namespace refledger::verify {

using test::key_of;
using test::kIss;
using test::kOrigin;

using Key = std::unique_ptr<sign::Ed25519Key>;
using Leaves = std::vector<std::string>;

/// The tree of RFC 9162 §2.1 by its recursive definition.
inline std::size_t split_of(std::size_t count) {
  std::size_t power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}
inline TreeHash root_of(std::span<const std::string> leaves) {
  if (leaves.empty()) return hash_empty();
  if (leaves.size() == 1) return hash_leaf(bytes_of(leaves[0]));
  const std::size_t k = split_of(leaves.size());
  return hash_children(root_of(leaves.first(k)), root_of(leaves.subspan(k)));
}
inline std::vector<TreeHash> path_of(std::size_t index, std::span<const std::string> leaves) {
  if (leaves.size() <= 1) return {};
  const std::size_t k = split_of(leaves.size());
  std::vector<TreeHash> path =
      index < k ? path_of(index, leaves.first(k)) : path_of(index - k, leaves.subspan(k));
  path.push_back(index < k ? root_of(leaves.subspan(k)) : root_of(leaves.first(k)));
  return path;
}

inline std::string cosignature_line(const std::string& text, const std::string& name,
                                    const Signer& witness, std::uint64_t time) {
  Bytes blob;
  for (int shift = 56; shift >= 0; shift -= 8) {
    blob.push_back(static_cast<std::uint8_t>(time >> shift));
  }
  const Signature signature = witness.sign(bytes_of(keys::cosignature_message(text, time)));
  blob.insert(blob.end(), signature.bytes.begin(), signature.bytes.end());
  const format::NoteKey key{name, format::kNoteCosignature, witness.public_key()};
  return format::format_note_signature({name, key.id(), blob});
}

struct World {
  Key log = key_of(100), issuer = key_of(101), status = key_of(102), recovery = key_of(103),
      witness = key_of(104), other = key_of(105);
  std::string origin = kOrigin;
  Leaves leaves;
  std::vector<std::size_t> key_positions;
  std::size_t issued_at = 0;
  ReferenceId id{{1, 2, 3}};
  std::string document = "%PDF a document";
  credential::Credential credential;
  credential::StatusIndex index{4711, "https://refs.example.com/status/0"};
  UtcMillis now = *parse_time("2026-11-02T08:00:00.000Z", "now");
  std::vector<std::pair<std::string, std::uint64_t>> cosigners;  // name and time

  World() {
    add_key(*issuer, *issuer, format::KeyUse::issuer);
    add_key(*status, *issuer, format::KeyUse::status);
    make_credential(*issuer);
    issue(*issuer, true);
    for (int i = 0; i < 5; ++i) {
      const format::Issued filler{{}, {}, {sha256({std::array{static_cast<std::uint8_t>(i)}})}};
      leaves.push_back(format::sign_entry(filler, origin, *issuer));
    }
  }

  void make_credential(const Signer& signer, const std::string& type = "confirmation",
                       const std::string& mode = "company-seal") {
    test::FixedRandom random;
    credential = *credential::make_credential(
        {{"given_name", "Zoë"},
         {"family_name", "Muster"},
         {"employer", "Muster AG"},
         {"position", "Leiterin"},
         {"employed_from", "2019-04-01"},
         {"employed_to", "2026-10-31"},
         {"reference_type", type},
         {"governing_law", "CH"},
         {"document_date", "2026-10-31"},
         {"language", "de"},
         {"signing_mode", mode},
         {"text", "Wir bestätigen."}},
        kIss, "https://refs.example.com/vct/employment-reference/1", index, signer, random);
  }

  format::KeyAdded key_entry(format::KeyUse use) const {
    format::KeyAdded act;
    act.iss = kIss;
    act.name = "Muster AG";
    act.use = use;
    if (!key_positions.empty()) {
      act.prev = format::hash_entry(leaves[key_positions.back()]);
    } else {
      act.recovery = recovery->public_key();
    }
    return act;
  }
  void add_key(const Signer& added, const Signer& signer, format::KeyUse use) {
    const std::string jws = format::sign_key_added(key_entry(use), origin, added, signer);
    key_positions.push_back(leaves.size());
    leaves.push_back(jws);
  }
  void retire(const Signer& retired, const Signer& signer, std::optional<std::uint64_t> bad_from) {
    const format::KeyRetired act{bad_from, kIss, thumbprint(retired.public_key()),
                                 format::hash_entry(leaves[key_positions.back()])};
    key_positions.push_back(leaves.size());
    leaves.push_back(format::sign_entry(act, origin, signer));
  }
  void issue(const Signer& signer, bool with_document) {
    format::Issued act{credential::hash_credential(credential), {}, hash_reference(id)};
    if (with_document) act.doc = sha256_as<DocumentHash>(bytes_of(document));
    issued_at = leaves.size();
    leaves.push_back(format::sign_entry(act, origin, signer));
  }
  std::size_t withdraw(const Signer& signer) {
    leaves.push_back(
        format::sign_entry(format::Withdrawn{index.idx, 0, hash_reference(id)}, origin, signer));
    return leaves.size() - 1;
  }

  format::Checkpoint checkpoint() const { return {origin, {leaves.size()}, root_of(leaves)}; }
  std::string signed_checkpoint() const {
    std::string note = format::sign_checkpoint(checkpoint(), *log);
    for (const auto& [name, time] : cosigners) {
      note += cosignature_line(format::format_checkpoint(checkpoint()), name, *witness, time);
    }
    return note;
  }
  format::LoggedEntry logged(std::size_t at) const {
    return {leaves[at], format::format_receipt({{at}, path_of(at, leaves), signed_checkpoint()})};
  }
  credential::StatusList status_list() const {
    credential::StatusList list;
    list.uri = index.uri;
    list.iss = kIss;
    list.origin = origin;
    list.size = {leaves.size()};
    list.root = root_of(leaves);
    list.issued_at = now - std::chrono::hours(1);
    return list;
  }
  format::Trust trust() const {
    format::Trust trust;
    trust.logs.push_back({kOrigin, format::kNoteEd25519, key_of(100)->public_key()});
    trust.witnesses["w"] = {"w.example", format::kNoteCosignature, witness->public_key()};
    trust.issuers.push_back({kIss, thumbprint(issuer->public_key())});
    return trust;
  }
  format::ProofFile proof() const {
    format::ProofFile file;
    file.id = id;
    file.issued = logged(issued_at);
    for (const std::size_t at : key_positions) file.keys.push_back(logged(at));
    file.status = credential::make_status_token(status_list(), *status);
    return file;
  }
  Evidence evidence() const {
    Evidence evidence;
    evidence.credential = credential;
    evidence.proof = proof();
    evidence.document = sha256_as<DocumentHash>(bytes_of(document));
    evidence.trust = trust();
    evidence.now = now;
    return evidence;
  }
};

}  // namespace refledger::verify
