// References that HR writes: any type of the packs, signed by seal, by somebody else's key, or by
// hand.
#include <algorithm>
#include <array>
#include <utility>

#include "desk/case/absences.h"
#include "desk/case/examine.h"
#include "desk/case/prepared.h"
#include "desk/case/rules.h"
#include "desk/case/state.h"
#include "desk/case/subject.h"
#include "ingest/source/zone.h"
#include "ledger/core/encoding.h"
#include "ledger/format/link.h"

namespace refledger::desk {
namespace {

Error past(std::string_view what) { return {Fault::conflict, "case: " + std::string(what)}; }

Json json_of(const letter::Finding& finding) {
  return {{"excerpt", finding.excerpt},
          {"field", finding.field},
          {"id", finding.id},
          {"level", letter::name_of(finding.level)},
          {"section", finding.section}};
}

Json json_of(const letter::Override& decision) {
  return {{"by", decision.by},
          {"excerpt", decision.excerpt},
          {"finding", decision.finding},
          {"reason", decision.reason},
          {"section", decision.section}};
}

// What stood before those who approved, and what they decided; kept with the case.
Json approval_of(const Order& order, const Examined& examined, UtcMillis now) {
  Json findings = Json::array();
  for (const letter::Finding& one : examined.findings) findings.push_back(json_of(one));
  Json decisions = Json::array();
  for (const letter::Override& one : examined.decisions) decisions.push_back(json_of(one));
  const letter::Pack& pack = *examined.written.pack;
  return {{"absences",
           examined.absences ? Json(letter::name_of(examined.absences->mention)) : Json(nullptr)},
          {"at", format_time(now)},
          {"by", order.by},
          {"decisions", std::move(decisions)},
          {"findings", std::move(findings)},
          {"pack",
           {{"country", pack.country},
            {"reviewed_by", pack.reviewed_by},
            {"valid_from", format_date(pack.valid_from)}}},
          {"v", 1}};
}

Issued what_checks_say(const Examined& examined) {
  Issued issued;
  issued.findings = examined.findings;
  issued.decisions = examined.decisions;
  issued.absences = examined.absences;
  const letter::Pack& pack = *examined.written.pack;
  issued.rules = pack.country + ", valid from " + format_date(pack.valid_from);
  issued.reviewed = !pack.reviewed_by.empty();
  return issued;
}

void tell_case(const Case& one, Tongue tongue, Issued& issued) {
  issued.case_id = one.case_id;
  issued.stage = one.stage;
  issued.waiting = one.waiting;
  issued.waiting_for = waiting_text(one.waiting, one.waiting_field, tongue);
  if (one.identity) issued.reference_id = format::format_id(one.identity->id);
}

// The file as it is kept: with the signing mode that was asked for beside it.
Result<std::string> with_mode(std::string_view file, letter::SigningMode mode) {
  Result<Json> json = parse_json(file, kMaxOrder, "order");
  if (!json) return json.error();
  if (!json->is_object()) return Error{Fault::malformed, "order: an object is expected"};
  const std::string name = letter::name_of(mode);
  if (json->contains("signing") && (*json)["signing"] != name) {
    return Error{Fault::refused, "order: signing: the file asks for another one"};
  }
  (*json)["signing"] = name;
  return to_canonical_json(*json);
}

}  // namespace

// ---- finding or opening the case ----------------------------------------------------------------

Result<std::optional<Kept>> Desk::State::case_for(const Order& order, std::string_view file) const {
  if (!order.case_id.empty()) {
    Result<Kept> kept = case_named(order.case_id);
    if (!kept) return kept.error();
    return std::optional(std::move(*kept));
  }
  Result<std::vector<Kept>> cases = cases_of(person_of(file));
  if (!cases) return cases.error();
  if (cases->empty()) return std::optional<Kept>{};
  return std::optional(std::move(cases->front()));
}

Result<Kept> Desk::State::open_typed(const Order& order, std::string_view file) {
  Case fresh;
  fresh.case_id = random_name(*parts.random);
  fresh.iss = issuer.iss;
  fresh.account = issuer.account;
  fresh.person = person_of(file);
  fresh.start = format_date(order.reference.employed_from);
  fresh.opened_at = bench.now();
  Result<Kept> kept = archive.open(std::move(fresh));
  if (kept) bench.done(step::opened);
  return kept;
}

// The order and what was decided about it come first: the case then says that it is approved.
Result<void> Desk::State::approve_order(Kept& kept, const Order& order, std::string_view file,
                                        const Examined& examined, Facts facts) {
  if (auto put = archive.put("order", kept.content, bytes_of(file)); !put) return put;
  bench.done(step::order_kept);
  Result<std::string> approval = to_canonical_json(approval_of(order, examined, bench.now()));
  if (!approval) return approval.error();
  if (auto put = archive.put("approval", kept.content, bytes_of(*approval)); !put) return put;
  bench.done(step::approval_kept);
  Case& one = kept.content;
  const Facts told = std::exchange(one.facts, std::move(facts));
  // What HR overruled is no change afterwards: the HR system said so before.
  for (const auto& [name, value] : changes_since(one, told)) {
    if (!value.empty()) one.decisions.settled[name] = value;
  }
  one.written = true;
  one.stage = Stage::approved;
  one.waiting = Waiting::nothing;
  one.waiting_field.clear();
  if (auto saved = archive.save(kept); !saved) return saved;
  bench.done(step::approved);
  return {};
}

// ---- as far as it goes --------------------------------------------------------------------------

Result<void> Desk::State::go_on(Kept& kept, Issued& issued) {
  if (auto worked = desk::issue(bench, kept); !worked) return worked;
  if (kept.content.stage >= Stage::logged) {
    if (auto fresh = refresh_token(bench, withdrawn); !fresh) return fresh;
    if (auto composed = compose_message(bench, kept); !composed) return composed;
  }
  tell_case(kept.content, tongue(), issued);
  if (kept.content.stage == Stage::open) {
    issued.refused = std::string(name_of(kept.content.waiting)) + ": " + kept.content.waiting_field;
  }
  Result<std::optional<Bytes>> document = archive.kept("document", kept.content);
  if (!document) return document.error();
  issued.document = std::move(*document);
  return {};
}

Result<Examined> Desk::State::examine_order(const Order& order, const Case& one,
                                            Facts& facts) const {
  Result<Date> day = today();
  if (!day) return day.error();
  facts = facts_of(order, one.facts, issuer, bench.now());
  Result<Fact> dated = document_date(order, facts, *issuer.rules, *day, bench.now());
  if (!dated) return dated.error();
  facts["document_date"] = std::move(*dated);
  return examine(order, facts, *issuer.rules, *day,
                 one.absences ? for_advice(*one.absences) : std::vector<letter::Absence>{});
}

// ---- what HR orders -----------------------------------------------------------------------------

Result<Issued> Desk::State::take_order(std::string_view given, letter::SigningMode mode,
                                       const Signers& signers) {
  Result<std::string> file = with_mode(given, mode);
  if (!file) return file.error();
  Result<Order> order = parse_order(*file);
  if (!order) return order.error();
  Result<std::optional<Kept>> kept = case_for(*order, *file);
  if (!kept) return kept.error();
  if (*kept && !may_change((*kept)->content.stage)) return go_on_with(**kept, *file, signers);
  Facts facts;
  Result<Examined> examined = examine_order(*order, *kept ? (*kept)->content : Case{}, facts);
  if (!examined) return examined.error();
  Issued issued = what_checks_say(*examined);
  if (auto may = may_issue(*examined); !may) {
    issued.refused = may.error().detail;
    return issued;
  }
  if (!*kept) {
    Result<Kept> opened = open_typed(*order, *file);
    if (!opened) return opened.error();
    *kept = std::move(*opened);
  }
  if (!signers.chain.empty()) {
    if (auto put = keep_signers((*kept)->content, signers); !put) return put.error();
  }
  auto approved = approve_order(**kept, *order, *file, *examined, std::move(facts));
  if (!approved) return approved.error();
  if (auto gone = go_on(**kept, issued); !gone) return gone.error();
  return with_asked_signature((*kept)->content, std::move(issued));
}

// The same file again: whatever a crash or an expired signature left is carried on.
Result<Issued> Desk::State::go_on_with(Kept& kept, std::string_view file, const Signers& signers) {
  Result<std::optional<Bytes>> before = archive.kept("order", kept.content);
  if (!before) return before.error();
  if (!*before || text_of(**before) != file) return past("its reference is issued already");
  if (!signers.chain.empty()) {
    if (auto renewed = renew_if_expired(kept, signers); !renewed) return renewed.error();
  }
  Issued issued;
  if (auto gone = go_on(kept, issued); !gone) return gone.error();
  return with_asked_signature(kept.content, std::move(issued));
}

// A file is one person's word.
Result<void> Desk::State::need_one_person(std::string_view file) const {
  Result<Order> asked = parse_order(file);
  if (!asked) return asked.error();
  int worst = 0;
  for (const letter::Rating& one : asked->reference.ratings) worst = std::max(worst, one.grade);
  if (issuer.policy.four_eyes.empty() && worst < letter::kLowGrade) return {};
  std::string country = asked->reference.country;
  if (country.empty() && !asked->case_id.empty()) {
    Result<Kept> kept = case_named(asked->case_id);
    if (!kept) return kept.error();
    country = value_of(kept->content.facts, "governing_law").value_or("");
  }
  const std::string& type = asked->reference.type;
  const Result<Date> day = today();
  if (!day) return day.error();
  const bool low = wants_second_person(*issuer.rules, country, type, *day, worst);
  if (!low && !issuer.policy.needs_two(country, type)) return {};
  return Error{Fault::refused, "two people have to agree to a reference of this type, at the desk"};
}

Result<Issued> Desk::issue_order(std::string_view file, letter::SigningMode mode,
                                 const Signers& signers) {
  if (auto opened = state_->book.open(); !opened) return opened.error();
  if (mode == letter::SigningMode::qualified) {
    if (auto may = may_sign(signers); !may) return may.error();
  }
  const std::lock_guard<std::mutex> alone(state_->changes);
  if (auto alone_enough = state_->need_one_person(file); !alone_enough) {
    return alone_enough.error();
  }
  return state_->take_order(file, mode, signers);
}

Result<Issued> Desk::test_document(std::string_view file) const {
  Result<Order> order = parse_order(file);
  if (!order) return order.error();
  if (auto opened = state_->book.open(); !opened) return opened.error();
  Case one;
  if (!order->case_id.empty()) {
    Result<Kept> kept = state_->case_named(order->case_id);
    if (!kept) return kept.error();
    one = std::move(kept->content);
  }
  Facts facts;
  Result<Examined> examined = state_->examine_order(*order, one, facts);
  if (!examined) return examined.error();
  Issued issued = what_checks_say(*examined);
  if (auto may = may_issue(*examined); !may) issued.refused = may.error().detail;
  Result<pdf::Prepared> page =
      pdf::render(document_of(state_->bench, subject_of(examined->written, *order), nullptr),
                  *state_->parts.fonts);
  if (!page) return page.error();
  issued.document = std::move(page->file);
  return issued;
}

Result<void> Desk::try_seal() const {
  const std::lock_guard<std::mutex> alone(state_->changes);  // keys and authorities sign one by one
  return desk::try_seal(state_->bench);
}

// ---- signed elsewhere ---------------------------------------------------------------------------

Result<void> Desk::State::keep_signers(const Case& one, const Signers& signers) {
  Result<std::string> text = to_canonical_json(to_json(signers));
  if (!text) return text.error();
  return archive.put("signer", one, bytes_of(*text));
}

Result<std::optional<PreparedDocument>> Desk::State::prepared_of(const Case& one) const {
  Result<std::optional<Bytes>> kept = archive.kept("prepared", one);
  if (!kept) return kept.error();
  if (!*kept) return std::optional<PreparedDocument>{};
  Result<PreparedDocument> prepared = prepared_from_json(text_of(**kept));
  if (!prepared) return prepared.error();
  return std::optional(std::move(*prepared));
}

Result<Issued> Desk::State::with_asked_signature(const Case& one, Issued issued) const {
  if (one.waiting != Waiting::signature_elsewhere) return issued;
  Result<std::optional<PreparedDocument>> prepared = prepared_of(one);
  if (!prepared) return prepared.error();
  if (!*prepared) return issued;
  PreparedDocument& waits = **prepared;
  Result<seal::SignerChain> chain = seal::SignerChain::from_pem(waits.chain);
  if (!chain) return chain.error();
  const bool second = !waits.signed_chain.empty();
  issued.signature = AskedSignature{std::move(waits.asked),
                                    waits.last_day,
                                    seal::facts_of(*chain).front().name,
                                    second ? 2u : 1u,
                                    second || !waits.next_chain.empty() ? 2u : 1u,
                                    std::move(waits.page.file)};
  return issued;
}

// A prepared document whose day is over is made anew, by the same number, under today's date.
Result<void> Desk::State::renew_if_expired(Kept& kept, const Signers& signers) {
  Case& one = kept.content;
  if (one.stage != Stage::attested || one.waiting != Waiting::signature_elsewhere) return {};
  Result<std::optional<PreparedDocument>> prepared = prepared_of(one);
  if (!prepared) return prepared.error();
  Result<Date> day = today();
  if (!day) return day.error();
  if (*prepared && *day <= (*prepared)->last_day) return {};
  if (auto put = keep_signers(one, signers); !put) return put;
  one.credential.reset();
  one.stage = Stage::identified;
  one.waiting = Waiting::nothing;
  // The case goes back first: a crash in between leaves a document that attest() clears away.
  if (auto saved = archive.save(kept); !saved) return saved;
  bench.done(step::signature_expired);
  return {};
}

Result<Issued> Desk::assemble(std::string_view case_id, ByteView signature) {
  if (auto opened = state_->book.open(); !opened) return opened.error();
  const std::lock_guard<std::mutex> alone(state_->changes);
  Result<Kept> kept = state_->case_named(case_id);
  if (!kept) return kept.error();
  if (auto taken = state_->take_signature(*kept, signature); !taken) return taken.error();
  Issued issued;
  if (auto gone = state_->go_on(*kept, issued); !gone) return gone.error();
  return state_->with_asked_signature(kept->content, std::move(issued));
}

// The same document, signed by one, for the other to sign.
Result<void> Desk::State::keep_prepared(const Case& one, const PreparedDocument& next) {
  Result<std::string> text = to_canonical_json(to_json(next));
  if (!text) return text.error();
  if (auto put = archive.put("prepared", one, bytes_of(*text)); !put) return put;
  bench.done(step::document_prepared);
  return {};
}

Result<void> Desk::State::take_signature(Kept& kept, ByteView signature) {
  Case& one = kept.content;
  if (one.waiting != Waiting::signature_elsewhere) return past("it waits for no signature");
  Result<std::optional<Bytes>> document = archive.kept("document", one);
  if (!document) return document.error();
  if (!*document) {
    Result<std::optional<PreparedDocument>> prepared = prepared_of(one);
    if (!prepared) return prepared.error();
    if (!*prepared) return past("its document was not prepared");
    Result<Date> day = today();
    if (!day) return day.error();
    if (*day > (*prepared)->last_day) {
      return Error{Fault::refused, "signature: too late for this document; prepare it again"};
    }
    Result<Assembled> made = assembled(bench, one, **prepared, signature);
    if (!made) return made.error();
    if (const auto* next = std::get_if<PreparedDocument>(&*made)) {
      return keep_prepared(one, *next);
    }
    if (auto kept_now = archive.keep("document", one, std::get<Bytes>(*made)); !kept_now) {
      return kept_now;
    }
    bench.done(step::document_kept);
  }
  one.waiting = Waiting::nothing;
  return archive.save(kept);
}

// ---- signed by hand -----------------------------------------------------------------------------

Result<Issued> Desk::register_signed(std::string_view case_id, const std::string& by) {
  Result<std::string> who = letter::clean_text(by, "by", 160);
  if (!who) return who.error();
  if (auto opened = state_->book.open(); !opened) return opened.error();
  const std::lock_guard<std::mutex> alone(state_->changes);
  Result<Kept> kept = state_->case_named(case_id);
  if (!kept) return kept.error();
  if (kept->content.waiting != Waiting::signature_by_hand) {
    return past("it waits for no signature by hand");
  }
  Result<std::string> note =
      to_canonical_json(Json{{"at", format_time(state_->bench.now())}, {"by", *who}, {"v", 1}});
  if (!note) return note.error();
  if (auto put = state_->archive.put("registration", kept->content, bytes_of(*note)); !put) {
    return put.error();
  }
  state_->bench.done(step::registration_kept);
  kept->content.waiting = Waiting::nothing;
  if (auto saved = state_->archive.save(*kept); !saved) return saved.error();
  Issued issued;
  if (auto gone = state_->go_on(*kept, issued); !gone) return gone.error();
  return issued;
}

}  // namespace refledger::desk
