// From the issued reference to the holder's hands, where no mail server's word settles it.
#include "desk/case/state.h"
#include "desk/delivery/message.h"
#include "ledger/core/text.h"

namespace refledger::desk {
namespace {

constexpr std::size_t kMaxName = 160;

Error past(std::string_view what) { return {Fault::conflict, "case: " + std::string(what)}; }

bool has_files(const Case& one) {
  return one.stage >= Stage::logged && one.stage != Stage::withdrawn && !one.destroyed;
}

// Its message has an uncertain end, or none: somebody else may bring the document.
bool may_be_claimed(const Case& one) {
  if (!has_files(one)) return false;
  const bool waits = one.waiting == Waiting::to_hand_out || one.waiting == Waiting::to_claim;
  return waits || one.stage == Stage::delivery_refused || one.stage == Stage::delivered ||
         one.waiting == Waiting::delivery_unknown;
}

Result<Bytes> needed(Result<std::optional<Bytes>> kept, const char* what) {
  if (!kept) return kept.error();
  if (!*kept) return Error{Fault::malformed, "case: " + std::string(what) + " is missing"};
  return std::move(**kept);
}

}  // namespace

Result<void> Desk::bounced(std::string_view case_id) {
  if (auto opened = state_->book.open(); !opened) return opened;
  const std::lock_guard<std::mutex> alone(state_->changes);
  Result<Kept> kept = state_->case_named(case_id);
  if (!kept) return kept.error();
  Case& one = kept->content;
  if (one.stage != Stage::delivered && one.stage != Stage::delivery_unknown) {
    return past("no message of it is on its way");
  }
  if (!has_files(one)) {
    return Error{Fault::refused, "case: its files are destroyed; write a correction instead"};
  }
  one.stage = Stage::delivery_refused;
  one.waiting = Waiting::delivery_refused;
  one.delivered_at.reset();
  one.handing.keep_until.reset();
  if (auto saved = state_->archive.save(*kept); !saved) return saved;
  state_->bench.done(step::message_bounced);
  return {};
}

Result<void> Desk::send_to(std::string_view case_id, const std::string& address,
                           const std::string& by) {
  Result<delivery::Address> parsed = delivery::Address::parse(address);
  if (!parsed) return parsed.error();
  if (by.empty() || by.size() > kMaxName || !is_one_line(by)) {
    return Error{Fault::malformed, "name: not usable"};
  }
  if (auto opened = state_->book.open(); !opened) return opened;
  const std::lock_guard<std::mutex> alone(state_->changes);
  Result<Kept> kept = state_->case_named(case_id);
  if (!kept) return kept.error();
  Case& one = kept->content;
  const bool waits = one.waiting == Waiting::to_hand_out || one.waiting == Waiting::to_claim;
  const bool astray =
      one.stage == Stage::delivery_refused || one.waiting == Waiting::delivery_unknown;
  if (!has_files(one) || (!waits && !astray)) return past("its document is not waiting for a way");
  const UtcMillis now = state_->bench.now();
  const Fact fact{parsed->text(), {"typed by " + by, "private_email", now}};
  if (auto sent = readdress(state_->bench, *kept, fact); !sent) return sent;
  state_->bench.done(step::ordered);
  return compose_message(state_->bench, *kept);
}

Result<ClaimTicket> Desk::make_claim(std::string_view case_id) {
  if (auto opened = state_->book.open(); !opened) return opened.error();
  const std::lock_guard<std::mutex> alone(state_->changes);
  Result<Kept> kept = state_->case_named(case_id);
  if (!kept) return kept.error();
  Case& one = kept->content;
  if (!may_be_claimed(one)) return past("its document is not waiting for a way");
  // The proof file must be there before anybody can ask for it.
  if (auto proof = kept_proof(state_->bench, one); !proof) return proof.error();
  const UtcMillis until = state_->bench.now() + state_->issuer.claim_days;
  Result<ClaimTicket> ticket =
      draw_claim(*state_->parts.vault, *state_->parts.random, one.case_id, until);
  if (!ticket) return ticket;
  if (one.stage == Stage::delivered) {
    one.handing.keep_until = until;
  } else {
    one.stage = Stage::logged;
    one.waiting = Waiting::to_claim;
    forget_address(one);
  }
  if (auto saved = state_->archive.save(*kept); !saved) return saved.error();
  state_->bench.done(step::claim_made);
  return ticket;
}

// The case behind a code and its PIN.
Result<Claimed> Desk::State::claimed(const std::string& code, const std::string& pin) {
  if (auto opened = book.open(); !opened) return opened.error();
  Result<Claim> claim = check_claim(*parts.vault, code, pin, bench.now());
  if (!claim) return claim.error();
  Result<Kept> kept = case_named(claim->case_id);
  if (!kept) return kept.error();
  if (!has_files(kept->content)) return past("its files are destroyed");
  return Claimed{std::move(*kept), claim->good_until};
}

Result<HolderFiles> Desk::claim(const std::string& code, const std::string& pin) {
  const std::lock_guard<std::mutex> alone(state_->changes);
  Result<Claimed> kept = state_->claimed(code, pin);
  if (!kept) return kept.error();
  const Case& one = kept->kept.content;
  Result<Bytes> document = needed(state_->archive.kept("document", one), "document");
  if (!document) return document.error();
  Result<Bytes> proof = kept_proof(state_->bench, one);
  if (!proof) return proof.error();
  HolderFiles files;
  files.case_id = one.case_id;
  files.holder = value_of(one.facts, "given_name").value_or("") + " " +
                 value_of(one.facts, "family_name").value_or("");
  files.language = value_of(one.facts, "language").value_or("");
  files.document = std::move(*document);
  files.proof = std::move(*proof);
  files.wishes = one.handing.wishes;
  files.good_until = kept->good_until;
  if (one.credential) files.credential = credential::format_sd_jwt(*one.credential);
  return files;
}

Result<void> Desk::claimed(const std::string& code, const std::string& pin) {
  const std::lock_guard<std::mutex> alone(state_->changes);
  Result<Claimed> found = state_->claimed(code, pin);
  if (!found) return found.error();
  Kept& kept = found->kept;
  Case& one = kept.content;
  if (one.handing.opened_at) return {};
  const UtcMillis now = state_->bench.now();
  one.handing.opened_at = now;
  if (!one.delivered_at) one.delivered_at = now;
  // The code goes on working until it ends: a download may fail, a computer be lost.
  if (!one.handing.keep_until) one.handing.keep_until = now + state_->issuer.claim_days;
  one.stage = Stage::delivered;
  one.waiting = Waiting::nothing;
  forget_address(one);
  if (auto saved = state_->archive.save(kept); !saved) return saved;
  state_->bench.done(step::holder_opened);
  return {};
}

Result<void> Desk::wish(const std::string& code, const std::string& pin, Wish wish) {
  const std::lock_guard<std::mutex> alone(state_->changes);
  Result<Claimed> found = state_->claimed(code, pin);
  if (!found) return found.error();
  if (!found->kept.content.handing.wishes.insert(wish).second) return {};
  if (auto saved = state_->archive.save(found->kept); !saved) return saved;
  state_->bench.done(step::ordered);
  return {};
}

}  // namespace refledger::desk
