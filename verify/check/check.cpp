#include "verify/check/check.h"

#include <algorithm>
#include <map>
#include <set>

#include "ledger/core/hash.h"
#include "ledger/credential/status_list.h"
#include "ledger/format/entry.h"
#include "ledger/format/origin.h"
#include "ledger/format/receipt.h"
#include "ledger/keys/closing.h"
#include "ledger/keys/ed25519.h"
#include "ledger/keys/history.h"
#include "ledger/keys/note.h"
#include "verify/check/inclusion.h"
#include "verify/check/signing.h"
#include "verify/check/witnesses.h"

namespace refledger::verify {
namespace {

using format::Checkpoint;
using format::Entry;
using format::LoggedEntry;

// A server's clock may be a little ahead of ours.
constexpr std::chrono::minutes kClockSkew{5};
// How old witnesses' cosignatures may be for "valid": as long as a status token lives.
constexpr std::chrono::hours kFreshQuorum{24};

/// Why a check did not hold; nothing where it did.
struct Failure {
  Verdict verdict;
  std::optional<Layer> layer;
  std::string reason;
};
using Held = std::optional<Failure>;

// What should vouch for the reference does not: that says nothing about the reference itself.
Failure unproven(Layer layer, const std::string& reason) {
  return {Verdict::cannot_check_now, layer,
          reason + " Do not rely on it before it has been checked against the ledger itself."};
}

Failure other(Layer layer, std::string reason) {
  return {Verdict::not_this_document, layer, std::move(reason)};
}

Failure withdrawn() {
  return {Verdict::genuine_no_longer_valid, std::nullopt,
          "The issuer has withdrawn this reference."};
}

struct Logged {
  Entry entry;
  format::Receipt receipt;
  format::Note note;
  Checkpoint checkpoint;
};

bool is_signed_by(const Entry& entry, const PublicKey& key) {
  return keys::signature_holds(key, bytes_of(entry.signing_input), entry.signature);
}

std::uint64_t posix_seconds(UtcMillis time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
  return static_cast<std::uint64_t>(std::max<std::int64_t>(seconds, 0));
}

class Examination {
 public:
  explicit Examination(const Evidence& evidence)
      : evidence_(evidence), logs_(evidence.trust.logs), closings_(evidence.trust.roots) {}

  Report run();

 private:
  // The checks, in their order.
  Held has_proof();
  Held logs_are_known();
  Held read_entries();
  Held checkpoints_are_signed();
  Held keys_hold();
  Held entry_holds();
  Held credential_holds();
  Held disclosures_hold();
  Held document_matches();
  Held is_not_withdrawn();
  Held is_about_something();
  Held status_holds();
  Held is_fresh();

  Held read(const LoggedEntry& from, Layer layer, const char* name, Logged& to) const;
  Held checkpoint_is_signed(const Logged& logged);
  Held counts_before_the_end(const Checkpoint& checkpoint) const;
  bool goes_on_elsewhere(const std::string& origin) const;
  Held agrees_with_the_rest(const Checkpoint& checkpoint);
  Held is_in_the_log(const Logged& logged, const char* name) const;
  bool token_denies(const Logged& withdrawal) const;
  Held token_is_signed(const credential::ParsedStatusToken& token) const;
  Held token_fits(const credential::StatusList& list) const;
  Held withdrawal_holds(const Logged& withdrawal);

  const format::Issued& issued() const { return std::get<format::Issued>(issued_.entry.act); }
  bool has_something_in_hand() const { return evidence_.credential || evidence_.document; }
  void add_remarks();
  std::string reason_for_valid() const;
  Report conclude(const Held& failure);

  const Evidence& evidence_;
  std::vector<format::NoteKey> logs_;  // those trusted, and where the closed ones go on
  keys::Closings closings_;
  Report report_;
  Logged issued_;
  std::vector<Logged> key_entries_;
  std::map<TreeSize, TreeHash> roots_;
  keys::IssuerKeys keys_;
  std::optional<credential::ParsedJwt> jwt_;
  std::optional<credential::StatusList> status_;
};

// ---- the ledger's evidence ----------------------------------------------------------------------

Held Examination::has_proof() {
  if (!evidence_.proof) {
    return Failure{Verdict::cannot_check_now, std::nullopt,
                   "There is no proof from the ledger to check against."};
  }
  if (evidence_.trust.logs.empty()) {
    return Failure{Verdict::cannot_check_now, std::nullopt, "No ledger is named that is trusted."};
  }
  return std::nullopt;
}

// A log that the root key closed is trusted as far as that says, and so is the one that it names.
Held Examination::logs_are_known() {
  if (!closings_.take_all(evidence_.closings)) {
    return unproven(Layer::checkpoint, "What is told of the ledger's end does not hold.");
  }
  for (const format::Closing& closing : closings_.all()) {
    const auto is = [&](const format::NoteKey& log) { return log.name == closing.last.origin; };
    if (!closing.next || std::ranges::none_of(logs_, is)) continue;
    if (std::ranges::find(logs_, *closing.next) == logs_.end()) logs_.push_back(*closing.next);
  }
  return std::nullopt;
}

Held Examination::counts_before_the_end(const Checkpoint& checkpoint) const {
  const auto is = [&](const format::Closing& each) {
    return each.last.origin == checkpoint.origin;
  };
  const auto closed = std::ranges::find_if(evidence_.trust.closed, is);
  const format::Closing* const told = closings_.find(checkpoint.origin);
  if ((closed == evidence_.trust.closed.end() || keys::counts_in(checkpoint, *closed)) &&
      (told == nullptr || keys::counts_in(checkpoint, *told))) {
    return std::nullopt;
  }
  return unproven(Layer::checkpoint,
                  "The ledger was closed, and a checkpoint is of a state that does not count.");
}

// Then it can say nothing about withdrawals any more: they are in its successor.
bool Examination::goes_on_elsewhere(const std::string& origin) const {
  return std::ranges::any_of(logs_, [&](const format::NoteKey& log) {
    return log.name != origin && format::is_same_log(origin, log.name);
  });
}

Held Examination::read(const LoggedEntry& from, Layer layer, const char* name, Logged& to) const {
  Result<Entry> entry = format::parse_entry(from.entry);
  if (!entry) return unproven(layer, std::string(name) + " is damaged.");
  Result<format::Receipt> receipt = format::parse_receipt(from.receipt);
  if (!receipt) return unproven(Layer::proof, std::string(name) + " has a damaged proof.");
  Result<format::Note> note = format::parse_note(receipt->checkpoint);
  if (!note) return unproven(Layer::checkpoint, "A checkpoint is damaged.");
  Result<Checkpoint> checkpoint = format::parse_checkpoint(note->text);
  if (!checkpoint) return unproven(Layer::checkpoint, "A checkpoint is damaged.");
  to = {*std::move(entry), *std::move(receipt), *std::move(note), *std::move(checkpoint)};
  return std::nullopt;
}

Held Examination::read_entries() {
  if (Held bad = read(evidence_.proof->issued, Layer::entry, "The ledger's entry", issued_)) {
    return bad;
  }
  if (!std::holds_alternative<format::Issued>(issued_.entry.act)) {
    return unproven(Layer::entry, "The ledger's entry issues no reference.");
  }
  for (const LoggedEntry& each : evidence_.proof->keys) {
    Logged logged;
    if (Held bad = read(each, Layer::keys, "A key entry", logged)) return bad;
    key_entries_.push_back(std::move(logged));
  }
  return std::nullopt;
}

Held Examination::checkpoints_are_signed() {
  if (Held bad = checkpoint_is_signed(issued_)) return bad;
  for (const Logged& each : key_entries_) {
    if (Held bad = checkpoint_is_signed(each)) return bad;
  }
  return std::nullopt;
}

Held Examination::checkpoint_is_signed(const Logged& logged) {
  bool known = false;
  for (const format::NoteKey& log : logs_) {
    if (log.name != logged.checkpoint.origin) continue;
    const keys::NoteTrust trust = keys::check_note(logged.note, log);
    if (trust == keys::NoteTrust::bad_signature) {
      return unproven(Layer::checkpoint, "The signature of a checkpoint does not hold.");
    }
    known = known || trust == keys::NoteTrust::signed_by_key;
  }
  if (!known) {
    return Failure{Verdict::unknown, Layer::checkpoint,
                   "The proof is from a ledger that is not among those trusted."};
  }
  const std::uint64_t latest = posix_seconds(evidence_.now + kClockSkew);
  if (!has_quorum(logged.note, evidence_.trust, 0, latest)) {
    return unproven(Layer::checkpoint, "Too few independent witnesses have signed a checkpoint.");
  }
  if (Held bad = counts_before_the_end(logged.checkpoint)) return bad;
  return agrees_with_the_rest(logged.checkpoint);
}

Held Examination::agrees_with_the_rest(const Checkpoint& checkpoint) {
  if (checkpoint.origin != issued_.checkpoint.origin) {
    return unproven(Layer::checkpoint, "The proofs are from different ledgers.");
  }
  const auto [known, added] = roots_.emplace(checkpoint.size, checkpoint.root);
  if (!added && known->second != checkpoint.root) {
    return unproven(Layer::checkpoint, "The ledger has signed two states of one size.");
  }
  return std::nullopt;
}

Held Examination::is_in_the_log(const Logged& logged, const char* name) const {
  if (!format::is_same_log(logged.entry.log, logged.checkpoint.origin)) {
    return unproven(Layer::entry, std::string(name) + " was made for another ledger.");
  }
  if (!is_included(hash_leaf(bytes_of(logged.entry.jws)), logged.receipt.index,
                   logged.checkpoint.size, logged.receipt.path, logged.checkpoint.root)) {
    return unproven(Layer::proof, std::string(name) + " is not in the ledger as its proof says.");
  }
  return std::nullopt;
}

Held Examination::keys_hold() {
  for (const Logged& each : key_entries_) {
    if (Held bad = is_in_the_log(each, "A key entry")) return bad;
    const Result<void> applied = keys_.apply(each.entry, each.receipt.index);
    if (!applied) {
      return unproven(Layer::keys,
                      "The issuer's keys do not hold (" + applied.error().detail + ").");
    }
  }
  if (key_entries_.empty()) return unproven(Layer::keys, "The issuer's keys are missing.");
  return std::nullopt;
}

Held Examination::entry_holds() {
  const std::optional<PublicKey> key = keys_.find(issued_.entry.kid, format::KeyUse::issuer);
  if (!key)
    return unproven(Layer::keys, "The ledger's entry is signed by none of the issuer's keys.");
  if (!is_signed_by(issued_.entry, *key)) {
    return unproven(Layer::entry, "The signature of the ledger's entry does not hold.");
  }
  if (Held bad = is_in_the_log(issued_, "The ledger's entry")) return bad;
  if (!keys_.may_attest(issued_.entry.kid, issued_.receipt.index)) {
    return Failure{Verdict::unknown, Layer::keys,
                   "The issuer's key did not count when the entry was made: retired, or declared "
                   "stolen."};
  }
  if (hash_reference(evidence_.proof->id) != issued().ref) {
    return other(Layer::entry, "The ledger's entry is that of another reference.");
  }
  report_.iss = keys_.iss();
  report_.issuer_name = keys_.name();
  return std::nullopt;
}

// ---- what is in hand ----------------------------------------------------------------------------

Held Examination::credential_holds() {
  if (!evidence_.credential) return std::nullopt;
  if (credential::hash_credential(*evidence_.credential) != issued().cred) {
    return other(Layer::credential, "The credential is not the one that was issued.");
  }
  Result<credential::ParsedJwt> jwt = credential::parse_jwt(evidence_.credential->jwt);
  if (!jwt) return other(Layer::credential, "The credential is not in the form of a reference.");
  const std::optional<PublicKey> key = keys_.find(issued_.entry.kid, format::KeyUse::issuer);
  if (jwt->kid != issued_.entry.kid || jwt->iss != keys_.iss() ||
      !keys::signature_holds(*key, bytes_of(jwt->signing_input), jwt->signature)) {
    return other(Layer::credential, "The credential is not signed by the issuer of its entry.");
  }
  jwt_ = *std::move(jwt);
  return std::nullopt;
}

Held Examination::disclosures_hold() {
  if (!evidence_.credential) return std::nullopt;
  Result<credential::ParsedCredential> parsed = credential::parse_credential(*evidence_.credential);
  if (!parsed) {
    return other(Layer::disclosure, "A statement was altered, added or left out.");
  }
  report_.claims = std::move(parsed->claims);
  return std::nullopt;
}

Held Examination::document_matches() {
  if (!evidence_.document) return std::nullopt;
  if (!issued().doc) {
    // Its credential may be genuine; what the file shows beside it, nobody vouches for.
    return other(Layer::document,
                 "This reference was signed by hand: the signed paper is the document, and no file "
                 "is. Use the whole link and compare every line with the paper.");
  }
  if (evidence_.document == issued().doc) return std::nullopt;
  return other(Layer::document, "This file is not the one that was issued.");
}

// ---- withdrawal and status ----------------------------------------------------------------------

Held Examination::is_not_withdrawn() {
  if (!evidence_.withdrawal) return std::nullopt;
  Logged withdrawal;
  if (read(*evidence_.withdrawal, Layer::status, "The withdrawal", withdrawal) ||
      withdrawal_holds(withdrawal)) {
    return unproven(Layer::status, "A withdrawal was reported, but it does not hold.");
  }
  if (token_denies(withdrawal) || evidence_.server_says_withdrawn == false) {
    report_.remarks.push_back(Remark::sources_disagree);
  }
  if (!has_something_in_hand()) {
    return Failure{Verdict::cannot_check_now, std::nullopt,
                   "A reference with this number was issued and withdrawn. This says nothing about "
                   "the paper in your hand."};
  }
  return withdrawn();
}

// A token that holds, of a state with the withdrawal in it, whose list does not know of it.
bool Examination::token_denies(const Logged& withdrawal) const {
  if (!jwt_) return false;
  const Result<credential::ParsedStatusToken> token =
      credential::parse_status_token(evidence_.proof->status);
  return token && !token_is_signed(*token) && !token_fits(token->list) &&
         token->list.size.leaves > withdrawal.receipt.index.position &&
         !token->list.withdrawn.contains(jwt_->status.idx);
}

Held Examination::withdrawal_holds(const Logged& withdrawal) {
  const auto* act = std::get_if<format::Withdrawn>(&withdrawal.entry.act);
  const std::string& kid = withdrawal.entry.kid;
  const std::optional<PublicKey> key = keys_.find(kid, format::KeyUse::issuer);
  if (act == nullptr || act->ref != issued().ref || !key ||
      withdrawal.receipt.index <= issued_.receipt.index ||
      !keys_.may_attest(kid, withdrawal.receipt.index) || !is_signed_by(withdrawal.entry, *key)) {
    return unproven(Layer::status, "");
  }
  if (Held bad = checkpoint_is_signed(withdrawal)) return bad;
  return is_in_the_log(withdrawal, "The withdrawal");
}

Held Examination::is_about_something() {
  if (has_something_in_hand()) return std::nullopt;
  return Failure{Verdict::cannot_check_now, std::nullopt,
                 "A reference with this number was issued. This says nothing about the paper in "
                 "your hand: check the file, or the whole link."};
}

Held Examination::status_holds() {
  if (!jwt_) {
    return Failure{Verdict::cannot_check_now, Layer::status,
                   "This document is genuine; without its credential nothing says whether it was "
                   "withdrawn."};
  }
  const Result<credential::ParsedStatusToken> token =
      credential::parse_status_token(evidence_.proof->status);
  if (!token) {
    return unproven(Layer::status, "The statement about withdrawals is missing or damaged.");
  }
  if (Held bad = token_is_signed(*token)) return bad;
  if (Held bad = token_fits(token->list)) return bad;
  status_ = token->list;
  report_.status_as_of = token->list.issued_at;
  if (!status_->withdrawn.contains(jwt_->status.idx)) {
    if (evidence_.server_says_withdrawn != true) return std::nullopt;
    return unproven(Layer::status, "A withdrawal was reported, but nothing proves it.");
  }
  if (evidence_.server_says_withdrawn == false) {
    report_.remarks.push_back(Remark::sources_disagree);
  }
  return withdrawn();
}

Held Examination::token_is_signed(const credential::ParsedStatusToken& token) const {
  const std::optional<PublicKey> key = keys_.find(token.kid, format::KeyUse::status);
  if (!key || !keys_.may_sign_status(token.kid, token.list.size) ||
      !keys::signature_holds(*key, bytes_of(token.signing_input), token.signature)) {
    return unproven(Layer::status, "The signature of the statement about withdrawals fails.");
  }
  return std::nullopt;
}

Held Examination::token_fits(const credential::StatusList& list) const {
  if (list.iss != keys_.iss() || list.origin != issued_.checkpoint.origin ||
      list.uri != jwt_->status.uri || jwt_->status.idx >= credential::kStatusListLength) {
    return unproven(Layer::status, "The statement about withdrawals is about another list.");
  }
  if (list.size.leaves <= issued_.receipt.index.position) {
    return unproven(Layer::status, "The statement about withdrawals is older than the reference.");
  }
  const auto known = roots_.find(list.size);
  if (known != roots_.end() && known->second != list.root) {
    return unproven(Layer::status, "The statement about withdrawals is of another ledger state.");
  }
  if (list.issued_at > evidence_.now + kClockSkew) {
    return unproven(Layer::status, "The statement about withdrawals is from the future.");
  }
  return std::nullopt;
}

Held Examination::is_fresh() {
  const UtcMillis now = evidence_.now;
  const bool quorum_is_fresh =
      evidence_.trust.quorum == "none" ||
      (issued_.checkpoint.size >= status_->size &&
       has_quorum(issued_.note, evidence_.trust, posix_seconds(now - kFreshQuorum),
                  posix_seconds(now + kClockSkew)));
  if (now < status_->issued_at + status_->lifetime && quorum_is_fresh &&
      !goes_on_elsewhere(issued_.checkpoint.origin)) {
    return std::nullopt;
  }
  report_.remarks.push_back(Remark::withdrawal_last_checked);
  return Failure{Verdict::cannot_check_now, Layer::status,
                 "The reference is genuine; whether it was withdrawn since is not known."};
}

// ---- the answer ---------------------------------------------------------------------------------

bool is_pinned(const format::Trust& trust, const keys::IssuerKeys& keys) {
  return std::any_of(trust.issuers.begin(), trust.issuers.end(), [&](const auto& line) {
    return line.iss == keys.iss() && keys.find(line.kid, format::KeyUse::issuer).has_value();
  });
}

void Examination::add_remarks() {
  std::vector<Remark> always;
  if (evidence_.trust.quorum == "none") always.push_back(Remark::no_independent_witness);
  if (!report_.iss.empty() && !is_pinned(evidence_.trust, keys_)) {
    always.push_back(Remark::issuer_not_confirmed);
  }
  if (evidence_.trust_from_the_same_server) always.push_back(Remark::trust_from_the_same_server);
  if (is_weaker_than_written(report_.claims)) {
    always.push_back(Remark::signature_weaker_than_written_form);
  }
  report_.remarks.insert(report_.remarks.begin(), always.begin(), always.end());
}

std::string Examination::reason_for_valid() const {
  if (evidence_.document) return "This file is the one that was issued, and it is not withdrawn.";
  if (!issued().doc) {
    return "The record is genuine and not withdrawn. It was signed by hand: compare every line "
           "with "
           "the signed paper.";
  }
  return "The record is genuine and not withdrawn. Compare every line with the paper.";
}

Report Examination::conclude(const Held& failure) {
  report_.verdict = failure ? failure->verdict : Verdict::genuine_and_valid;
  report_.failed = failure ? failure->layer : std::nullopt;
  report_.reason = failure ? failure->reason : reason_for_valid();
  add_remarks();
  // What a file shows that is not the document is not to be read beside what was attested.
  if (report_.verdict == Verdict::not_this_document) report_.claims.clear();
  return std::move(report_);
}

Report Examination::run() {
  using Check = Held (Examination::*)();
  for (const Check check :
       {&Examination::has_proof, &Examination::logs_are_known, &Examination::read_entries,
        &Examination::checkpoints_are_signed, &Examination::keys_hold, &Examination::entry_holds,
        &Examination::credential_holds, &Examination::disclosures_hold,
        &Examination::document_matches, &Examination::is_not_withdrawn,
        &Examination::is_about_something, &Examination::status_holds, &Examination::is_fresh}) {
    if (const Held failure = (this->*check)()) return conclude(failure);
  }
  return conclude(std::nullopt);
}

}  // namespace

Report check(const Evidence& evidence) { return Examination(evidence).run(); }

}  // namespace refledger::verify
