// Step 9 of the workflow: proof file, message, handing over, and what is destroyed afterwards.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "desk/case/steps.h"
#include "desk/case/subject.h"
#include "desk/case/texts.h"
#include "desk/case/word.h"
#include "desk/delivery/message.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/format/proof_file.h"

namespace refledger::desk {
namespace {

using namespace std::chrono_literals;

// A restart on the other side is over in seconds, anything else takes longer and longer.  What was
// surely not taken can make no duplicate, so it is tried once more early.
constexpr std::array<std::chrono::seconds, 7> kAfterNotSent{5s, 10s, 1min, 5min, 30min, 2h, 12h};
constexpr std::array<std::chrono::seconds, 6> kAfterUnknown{5s, 1min, 5min, 30min, 2h, 12h};
// So many copies may lie in a mailbox before a person is asked.
constexpr std::uint64_t kMaxUnknown = 5;

template <std::size_t N>
void put_off(Case& one, const std::array<std::chrono::seconds, N>& waits, UtcMillis now) {
  one.next_try = now + waits[std::min<std::size_t>(one.tries, N) - 1];
}

// Nobody knows whether the message arrived.
void count_unknown(Case& one) {
  one.stage = Stage::delivery_unknown;
  if (++one.unknowns >= kMaxUnknown) one.waiting = Waiting::delivery_unknown;
}

Result<void> save_and_tell(const Bench& bench, const Kept& kept, std::string_view name) {
  if (auto saved = bench.archive.save(kept); !saved) return saved;
  bench.done(name);
  return {};
}

Result<std::string> make_proof(const Bench& bench, const Case& one) {
  Result<log::View> view = bench.parts.log->view();
  if (!view) return view.error();
  if (!one.entry_index) return Error{Fault::malformed, "case: entry index is missing"};
  const LeafIndex at{*one.entry_index};
  format::ProofFile file;
  file.id = one.identity->id;
  Result<format::LoggedEntry> issued = view->logged(at);
  if (!issued) return issued.error();
  file.issued = std::move(*issued);
  auto keys = view->key_entries(bench.issuer.iss, {at.position});
  if (!keys) return keys.error();
  for (const LeafIndex& key_at : *keys) {
    Result<format::LoggedEntry> key = view->logged(key_at);
    if (!key) return key.error();
    file.keys.push_back(std::move(*key));
  }
  Result<std::string> status = view->status_token(0);
  if (!status) return status.error();
  file.status = std::move(*status);
  return format::format_proof_file(file);
}

}  // namespace

Result<Bytes> kept_proof(const Bench& bench, const Case& one) {
  auto kept = bench.archive.kept("proof", one);
  if (!kept) return kept.error();
  if (*kept) return std::move(**kept);
  Result<std::string> made = make_proof(bench, one);
  if (!made) return made.error();
  if (auto done = bench.archive.keep("proof", one, bytes_of(*made)); !done) return done.error();
  bench.done(step::proof_kept);
  return copy_of(bytes_of(*made));
}

namespace {

// Message-ID and date are fixed before the message is composed: the same case composes the same.
Result<void> name_message(const Bench& bench, Kept& kept) {
  if (!kept.content.message_id.empty()) return {};
  std::array<std::uint8_t, 16> drawn{};
  bench.parts.random->fill(drawn);
  const std::string& from = bench.issuer.mail_from;
  kept.content.message_id = to_hex(drawn) + from.substr(std::min(from.find('@'), from.size()));
  kept.content.message_date = bench.now();
  return save_and_tell(bench, kept, step::message_named);
}

struct Addresses {
  delivery::Address from;
  delivery::Address to;
};
Result<Addresses> addresses_of(const Bench& bench, const Case& one) {
  Result<delivery::Address> from = delivery::Address::parse(bench.issuer.mail_from);
  if (!from) return from.error();
  Result<delivery::Address> to = delivery::Address::parse(value_of(one.facts, "to").value_or(""));
  if (!to) return to.error();
  return Addresses{std::move(*from), std::move(*to)};
}

Result<Bytes> make_message(const Bench& bench, const Case& one, Bytes proof) {
  Result<Addresses> addresses = addresses_of(bench, one);
  if (!addresses) return addresses.error();
  auto document = bench.archive.kept("document", one);
  if (!document) return document.error();
  if (!*document) return Error{Fault::malformed, "case: document is missing"};
  const std::string name = value_of(one.facts, "given_name").value_or("") + " " +
                           value_of(one.facts, "family_name").value_or("");
  Result<Subject> subject = subject_of(bench, one);
  if (!subject) return subject.error();
  const Tongue tongue = tongue_named(subject->letter.language).value_or(Tongue::english);
  const bool swiss = value_of(one.facts, "governing_law") == "CH";
  const MailTexts texts =
      mail_texts(tongue, swiss,
                 {name, bench.issuer.name, bench.issuer.signatory,
                  bench.issuer.public_url + "/verifier.html", subject->letter.title});
  delivery::Mail mail{addresses->from,
                      bench.issuer.mail_from_name,
                      addresses->to,
                      name,
                      texts.subject,
                      texts.text,
                      {},
                      one.message_id,
                      one.message_date.value_or(UtcMillis{})};
  mail.attachments.push_back({texts.pdf_name, "application/pdf", std::move(**document)});
  mail.attachments.push_back({texts.proof_name, "application/json", std::move(proof)});
  return delivery::compose(mail);
}

Result<Handover> settle(const Bench& bench, Kept& kept, Stage stage, std::string_view name,
                        Handover handover) {
  kept.content.stage = stage;
  if (auto saved = save_and_tell(bench, kept, name); !saved) return saved.error();
  return handover;
}

}  // namespace

Result<void> compose_message(const Bench& bench, Kept& kept) {
  if (kept.content.stage != Stage::logged || kept.content.waiting != Waiting::nothing) return {};
  Result<Bytes> proof = kept_proof(bench, kept.content);
  if (!proof) return proof.error();
  if (auto named = name_message(bench, kept); !named) return named;
  auto message = bench.archive.kept("message", kept.content);
  if (!message) return message.error();
  if (*message) return {};
  Result<Bytes> made = make_message(bench, kept.content, std::move(*proof));
  if (!made) return made.error();
  if (auto done = bench.archive.keep("message", kept.content, *made); !done) return done;
  bench.done(step::message_kept);
  return {};
}

bool awaits_delivery(const Case& one, UtcMillis now) {
  if (one.waiting != Waiting::nothing) return false;
  if (one.stage == Stage::sending) return true;
  if (one.stage != Stage::logged && one.stage != Stage::delivery_unknown) return false;
  // A time beyond the longest wait comes from a clock that was wrong when it was noted.
  return !one.next_try || now >= *one.next_try || *one.next_try - now > kAfterUnknown.back();
}

Result<void> count_cut_off(const Bench& bench, Kept& kept) {
  kept.content.next_try.reset();
  count_unknown(kept.content);
  return save_and_tell(bench, kept, step::delivery_unknown);
}

Result<Outgoing> begin_sending(const Bench& bench, Kept& kept) {
  Case& one = kept.content;
  auto message = bench.archive.kept("message", one);
  if (!message) return message.error();
  if (!*message) return Error{Fault::malformed, "case: message is missing"};
  Result<Addresses> addresses = addresses_of(bench, one);
  if (!addresses) return addresses.error();
  one.stage = Stage::sending;
  ++one.tries;
  if (auto saved = save_and_tell(bench, kept, step::sending); !saved) return saved.error();
  return Outgoing{std::move(**message), std::move(addresses->from), std::move(addresses->to),
                  one.message_id};
}

Result<Handover> record_outcome(const Bench& bench, Kept& kept, delivery::Outcome outcome) {
  switch (outcome) {
    case delivery::Outcome::sent:
      kept.content.delivered_at = bench.now();
      if (bench.issuer.bounce_days.count() > 0) {
        kept.content.handing.keep_until = bench.now() + bench.issuer.bounce_days;
      }
      return settle(bench, kept, Stage::delivered, step::delivered, Handover::delivered);
    case delivery::Outcome::not_sent:
      put_off(kept.content, kAfterNotSent, bench.now());
      return settle(bench, kept, Stage::logged, step::delivery_put_off, Handover::not_sent);
    case delivery::Outcome::refused:
      kept.content.waiting = Waiting::delivery_refused;
      return settle(bench, kept, Stage::delivery_refused, step::delivery_refused,
                    Handover::refused);
    case delivery::Outcome::unknown:
      put_off(kept.content, kAfterUnknown, bench.now());
      count_unknown(kept.content);
      return settle(bench, kept, Stage::delivery_unknown, step::delivery_unknown,
                    Handover::unknown);
  }
  std::abort();
}

Result<void> readdress(const Bench& bench, Kept& kept, Fact address) {
  // The old message goes first: a crash in between leaves a refused case without a message, and
  // the next sync comes here again.
  if (auto gone = bench.archive.destroy("message", kept.content); !gone) return gone.error();
  Case& one = kept.content;
  one.facts["to"] = std::move(address);
  one.message_id.clear();
  one.message_date.reset();
  one.tries = 0;
  one.unknowns = 0;
  one.next_try.reset();
  one.waiting = Waiting::nothing;
  one.stage = Stage::logged;
  one.delivered_at.reset();
  one.handing.keep_until.reset();
  return bench.archive.save(kept);
}

void forget_address(Case& one) {
  one.facts.erase("to");
  for (const char* address : {"private_email", "work_email"}) {
    one.decisions.typed.erase(address);
    one.said.erase(address);
  }
}

Result<void> destroy_leftovers(const Bench& bench, Kept& kept) {
  static constexpr std::pair<const char*, std::string_view> kFiles[] = {
      {"message", step::message_destroyed},
      {"document", step::document_destroyed},
      {"prepared", step::prepared_destroyed},
      {"record", step::record_destroyed},
      {"proof", step::proof_destroyed}};
  for (const auto& [kind, name] : kFiles) {
    Result<bool> gone = bench.archive.destroy(kind, kept.content);
    if (!gone) return gone.error();
    if (*gone) bench.done(name);
  }
  Result<bool> claim = destroy_claim(*bench.parts.vault, kept.content.case_id);
  if (!claim) return claim.error();
  if (*claim) bench.done(step::claim_destroyed);
  Case& one = kept.content;
  one.identity->secret.reset();
  one.identity->share.reset();
  one.credential.reset();
  one.absences.reset();
  forget_address(one);
  one.said = said_in(one);
  one.handing.keep_until.reset();
  one.destroyed = true;
  return save_and_tell(bench, kept, step::destroyed);
}

Result<void> withdraw_case(const Bench& bench, Kept& kept) {
  const ReferenceHash ref = hash_reference(kept.content.identity->id);
  Result<log::View> view = bench.parts.log->view();
  if (!view) return view.error();
  auto reference = view->find(ref);
  if (!reference) return reference.error();
  if (!reference->withdrawn) {
    const std::string entry =
        format::sign_entry(format::Withdrawn{kept.content.identity->status_index, 0, ref},
                           bench.parts.log->origin(), *bench.parts.issuer_key);
    auto at = bench.parts.log->append(std::span(&entry, 1));
    if (!at) return at.error();
    bench.done(step::withdrawal_appended);
  }
  if (kept.content.stage == Stage::withdrawn) return {};
  kept.content.stage = Stage::withdrawn;
  kept.content.waiting = Waiting::nothing;
  kept.content.handing.keep_until.reset();
  kept.content.handing.withdraw_at.reset();
  return save_and_tell(bench, kept, step::withdrawn);
}

}  // namespace refledger::desk
