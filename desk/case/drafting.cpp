#include "desk/case/drafting.h"

#include <algorithm>

#include "desk/case/drafts.h"
#include "desk/case/prepared.h"
#include "desk/case/sheet_order.h"
#include "desk/case/subject.h"
#include "ledger/core/text.h"
#include "ledger/format/link.h"

namespace refledger::desk {
namespace {

constexpr std::size_t kMaxReason = 2000;

Error past(std::string_view what) { return {Fault::conflict, "case: " + std::string(what)}; }

bool is_interim(const Case& one) { return one.person.rfind(kInterim, 0) == 0; }

}  // namespace

struct Drafting::Work : Drafts {
  using Drafts::Drafts;

  // What HR writes by hand does not go out by rule as well.
  Result<void> stop_the_rule(Kept& kept) {
    Case& one = kept.content;
    if (one.decisions.go == Go::stopped || is_interim(one)) return {};
    one.decisions.go = Go::stopped;
    if (one.stage == Stage::approved) one.stage = Stage::drafted;
    if (one.stage == Stage::drafted) one.waiting = Waiting::stopped;
    return state.archive.save(kept);
  }

  Result<Issued> issue(Kept& kept, const Sheet& sheet, const Actor& actor, const Signers& signers) {
    Seen seen;
    Result<std::string> digest = ready(kept.content, sheet, seen);
    if (!digest) return digest.error();
    const bool approved = need_approval(sheet, *digest).has_value();
    if (needs_two(kept.content, sheet)) {
      if (auto agreed = need_approval(sheet, *digest); !agreed) return agreed.error();
    } else if (!approved) {
      if (auto able = need(actor, Right::issue); !able) return able.error();
    }
    const letter::SigningMode mode = seen.examined.written.reference.signing;
    if (mode == letter::SigningMode::qualified) {
      if (auto may = may_sign(signers); !may) return may.error();
    }
    return state.take_order(seen.order, mode, signers);
  }

  /// The order that was kept when it was issued goes on, whatever a crash left.
  Result<Issued> go_on(Kept& kept, const Signers& signers) {
    if (!signers.chain.empty()) {
      if (auto may = may_sign(signers); !may) return may.error();
    }
    Result<std::optional<Bytes>> order = state.archive.kept("order", kept.content);
    if (!order) return order.error();
    if (!*order) return past("its reference is issued, or about to be");
    return state.go_on_with(kept, std::string(text_of(**order)), signers);
  }

  Result<std::string> open_interim(const ingest::Person& person);
};

// ---- looking ------------------------------------------------------------------------------------

Result<Dossier> Drafting::dossier(std::string_view case_id, const Actor& actor) const {
  if (auto able = need(actor, Right::look); !able) return able.error();
  const Work work(*desk_);
  Result<Kept> kept = work.case_named(case_id);
  if (!kept) return kept.error();
  const Case& one = kept->content;
  Result<Sheet> sheet = work.sheet_of(one);
  if (!sheet) return sheet.error();
  Dossier told;
  told.case_id = one.case_id;
  told.person = one.person;
  told.stage = one.stage;
  told.waiting = one.waiting;
  told.waiting_field = one.waiting_field;
  told.changes = changes_in(one.changed);
  told.interim = is_interim(one);
  told.gone = one.gone;
  told.stopped = one.decisions.go == Go::stopped;
  told.written = one.written;
  told.opened_at = one.opened_at;
  told.facts = one.facts;
  told.flow = work.flow(one, *sheet);
  told.needs_two = work.needs_two(one, *sheet);
  told.own = is_own(*sheet, actor.id);
  told.sheet = std::move(*sheet);
  if (one.identity) told.reference_id = format::format_id(one.identity->id);
  told.delivered_at = one.delivered_at;
  told.absences = one.absences;
  told.entry_index = one.entry_index;
  told.destroyed = one.destroyed;
  return told;
}

Result<Board> Drafting::board(const Actor& actor) const {
  if (auto able = need(actor, Right::look); !able) return able.error();
  const Work work(*desk_);
  auto& state = work.state;
  if (auto opened = state.book.open(); !opened) return opened.error();
  Result<Date> day = state.today();
  if (!day) return day.error();
  Result<std::vector<Kept>> cases =
      state.book.load(state.book.where([](const Outline&) { return true; }));
  if (!cases) return cases.error();
  Board board;
  for (const Kept& kept : *cases) {
    const Case& one = kept.content;
    Result<Sheet> sheet = work.sheet_of(one);
    if (!sheet) return sheet.error();
    Row row = row_of(one, *sheet, state.issuer.policy, *day, state.issuer.time_zone);
    if (one.stage == Stage::drafted && !row.stopped) {
      row.planned = planned_day(state.gate_now(one, *day), *day, state.issuer.time_zone);
    }
    if (row.type.empty()) row.type = wished_type(one.facts, state.issuer.rules->packs, *day);
    row.own = is_own(*sheet, actor.id);
    board.push_back(std::move(row));
  }
  sort_by_due(board);
  return board;
}

Result<Look> Drafting::look(std::string_view case_id, const Fields& unsaved,
                            const Actor& actor) const {
  if (auto able = need(actor, Right::look); !able) return able.error();
  const Work work(*desk_);
  Result<Kept> kept = work.case_named(case_id);
  if (!kept) return kept.error();
  Result<Sheet> sheet = work.sheet_of(kept->content);
  if (!sheet) return sheet.error();
  Result<Sheet> now = with_changes(std::move(*sheet), unsaved, work.signed_by(actor));
  if (!now) return now.error();
  Look look;
  look.without_reason = without_reason(*now, kept->content.facts);
  Result<Seen> seen = work.see(kept->content, *now);
  if (!seen) {
    if (seen.error().fault == Fault::storage) return seen.error();
    look.incomplete = seen.error().detail;
    return look;
  }
  if (auto may = may_issue(seen->examined); !may) look.refused = may.error().detail;
  look.examined = std::move(seen->examined);
  return look;
}

Result<Bytes> Drafting::preview(std::string_view case_id, const Fields& unsaved,
                                const Actor& actor) const {
  if (auto able = need(actor, Right::look); !able) return able.error();
  const Work work(*desk_);
  Result<Kept> kept = work.case_named(case_id);
  if (!kept) return kept.error();
  Result<Sheet> sheet = work.sheet_of(kept->content);
  if (!sheet) return sheet.error();
  Result<Sheet> now = with_changes(std::move(*sheet), unsaved, work.signed_by(actor));
  if (!now) return now.error();
  return work.preview(kept->content, *now);
}

Result<std::optional<Bytes>> Drafting::document(std::string_view case_id,
                                                const Actor& actor) const {
  if (auto able = need(actor, Right::look); !able) return able.error();
  const Work work(*desk_);
  Result<Kept> kept = work.case_named(case_id);
  if (!kept) return kept.error();
  return work.state.archive.kept("document", kept->content);
}

// ---- writing ------------------------------------------------------------------------------------

Result<Saved> Drafting::save(std::string_view case_id, std::uint64_t base, const Fields& changes,
                             const Actor& actor) {
  if (auto able = need(actor, Right::write); !able) return able.error();
  Work work(*desk_);
  Saved saved;
  auto done = work.change(case_id, [&](Kept& kept, Sheet& sheet) -> Result<void> {
    Result<Saved> now = desk::save(sheet, base, changes, work.signed_by(actor));
    if (!now) return now.error();
    saved = std::move(*now);
    return saved.version > base ? work.stop_the_rule(kept) : Result<void>();
  });
  if (!done) return done.error();
  return saved;
}

Result<void> Drafting::restore(std::string_view case_id, std::uint64_t base, std::uint64_t version,
                               const Actor& actor) {
  if (auto able = need(actor, Right::write); !able) return able;
  Work work(*desk_);
  return work.change(case_id, [&](Kept&, Sheet& sheet) -> Result<void> {
    if (base != sheet.version) return past("somebody changed the draft meanwhile");
    return desk::restore(sheet, version, work.signed_by(actor));
  });
}

// ---- two people ---------------------------------------------------------------------------------

Result<void> Drafting::ask_approval(std::string_view case_id, std::uint64_t version,
                                    const Actor& actor) {
  if (auto able = need(actor, Right::write); !able) return able;
  Work work(*desk_);
  return work.change(case_id, [&](Kept& kept, Sheet& sheet) -> Result<void> {
    Seen seen;
    Result<std::string> digest = work.ready(kept.content, sheet, seen);
    if (!digest) return digest.error();
    // An approval of what would be another document now is none.
    if (sheet.approval && sheet.approval->digest != *digest) sheet.approval.reset();
    return desk::ask(sheet, version, work.signed_by(actor));
  });
}

Result<void> Drafting::approve(std::string_view case_id, std::uint64_t version,
                               const Actor& actor) {
  if (auto able = need(actor, Right::approve); !able) return able;
  Work work(*desk_);
  return work.change(case_id, [&](Kept& kept, Sheet& sheet) -> Result<void> {
    Seen seen;
    Result<std::string> digest = work.ready(kept.content, sheet, seen);
    if (!digest) return digest.error();
    return desk::approve(sheet, version, *digest, seen.examined.written.letter.text(),
                         work.signed_by(actor));
  });
}

Result<void> Drafting::send_back(std::string_view case_id, std::uint64_t version,
                                 const std::string& reason, const Actor& actor) {
  if (auto able = need(actor, Right::approve); !able) return able;
  if (reason.empty() || reason.size() > kMaxReason || !is_one_line(reason)) {
    return Error{Fault::malformed, "reason: not usable"};
  }
  Work work(*desk_);
  return work.change(case_id, [&](Kept&, Sheet& sheet) {
    return desk::send_back(sheet, version, reason, work.signed_by(actor));
  });
}

Result<Issued> Drafting::issue(std::string_view case_id, std::uint64_t version, const Actor& actor,
                               const Signers& signers) {
  if (auto able = need(actor, Right::write); !able) return able.error();
  Work work(*desk_);
  if (auto opened = work.state.book.open(); !opened) return opened.error();
  const std::lock_guard<std::mutex> alone(work.state.changes);
  Result<Kept> kept = work.state.case_named(case_id);
  if (!kept) return kept.error();
  Result<Sheet> sheet = work.sheet_of(kept->content);
  if (!sheet) return sheet.error();
  if (!may_change(kept->content.stage)) return work.go_on(*kept, signers);
  if (version != sheet->version) return past("somebody changed the draft meanwhile");
  Result<Issued> issued = work.issue(*kept, *sheet, actor, signers);
  if (!issued || !issued->refused.empty()) return issued;
  forget_history(*sheet);
  if (auto put = work.keep(kept->content, *sheet); !put) return put.error();
  return issued;
}

Result<std::optional<AskedSignature>> Drafting::asked_signature(std::string_view case_id,
                                                                const Actor& actor) const {
  if (auto able = need(actor, Right::write); !able) return able.error();
  const Work work(*desk_);
  Result<Kept> kept = work.case_named(case_id);
  if (!kept) return kept.error();
  Result<Issued> told = work.state.with_asked_signature(kept->content, Issued{});
  if (!told) return told.error();
  return std::move(told->signature);
}

Result<Issued> Drafting::assemble(std::string_view case_id, ByteView signature,
                                  const Actor& actor) {
  if (auto able = need(actor, Right::write); !able) return able.error();
  return desk_->assemble(case_id, signature);
}

// ---- other orders -------------------------------------------------------------------------------

Result<void> Drafting::hold(std::string_view case_id, const Actor& actor) {
  if (auto able = need(actor, Right::write); !able) return able;
  return desk_->hold(case_id);
}

Result<void> Drafting::release(std::string_view case_id, const Actor& actor) {
  if (auto able = need(actor, Right::issue); !able) return able;
  const Work work(*desk_);
  Result<Kept> kept = work.case_named(case_id);
  if (!kept) return kept.error();
  Result<Sheet> sheet = work.sheet_of(kept->content);
  if (!sheet) return sheet.error();
  // What was begun by hand is issued from the draft.
  if (sheet->version > 0 && !sheet->texts().empty()) return past("somebody writes its reference");
  return desk_->release(case_id);
}

Result<Issued> Drafting::register_signed(std::string_view case_id, const Actor& actor) {
  if (auto able = need(actor, Right::write); !able) return able.error();
  return desk_->register_signed(case_id, actor.name);
}

Result<void> Drafting::handed_out(std::string_view case_id, const Actor& actor) {
  if (auto able = need(actor, Right::write); !able) return able;
  return desk_->handed_out(case_id);
}

Result<void> Drafting::arrived(std::string_view case_id, const Actor& actor) {
  if (auto able = need(actor, Right::write); !able) return able;
  return desk_->arrived(case_id);
}

Result<void> Drafting::settle(std::string_view case_id, const Actor& actor) {
  if (auto able = need(actor, Right::write); !able) return able;
  return desk_->settle(case_id);
}

Result<std::string> Drafting::open_former(const std::string& person, const Actor& actor) {
  if (auto able = need(actor, Right::write); !able) return able.error();
  return desk_->open_former(person);
}

// ---- interim references -------------------------------------------------------------------------

// "interim-4711-2": the HR system's people never have such an id, so no reading touches it.
Result<std::string> Drafting::Work::open_interim(const ingest::Person& person) {
  const std::string prefix = kInterim + person.id + "-";
  std::size_t before = 0;
  std::optional<std::string> open;
  for (const Outline& one : state.book.where(
           [&](const Outline& outline) { return outline.person.rfind(prefix, 0) == 0; })) {
    ++before;
    if (may_change(one.stage)) open = one.case_id;
  }
  if (open) return *open;
  Result<Date> day = state.today();
  if (!day) return day.error();
  Draft draft = draft_of(person, ingest::judge(person, *day, 0), state.issuer, state.bench.now());
  Case fresh;
  fresh.case_id = random_name(*state.parts.random);
  fresh.iss = state.issuer.iss;
  fresh.account = state.issuer.account;
  fresh.person = prefix + std::to_string(before + 1);
  fresh.start = format_date(person.hire_date.value);
  fresh.opened_at = state.bench.now();
  fresh.decisions.opened_by_hand = true;
  fresh.facts = std::move(draft.facts);
  Result<Kept> kept = state.archive.open(std::move(fresh));
  if (!kept) return kept.error();
  state.bench.done(step::opened);
  return kept->content.case_id;
}

Result<std::string> Drafting::start_interim(const std::string& person, const Actor& actor) {
  if (auto able = need(actor, Right::write); !able) return able.error();
  Work work(*desk_);
  auto& state = work.state;
  if (auto opened = state.book.open(); !opened) return opened.error();
  const std::lock_guard<std::mutex> one_reading(state.reading);
  Result<std::optional<ingest::Person>> read = state.parts.source->read_person(person);
  if (!read) return read.error();
  if (!*read) return Error{Fault::not_found, "the HR system does not know this person"};
  if ((*read)->status.value == ingest::EmploymentStatus::inactive) {
    return past("this person does not work here any more");
  }
  const std::lock_guard<std::mutex> alone(state.changes);
  return work.open_interim(**read);
}

}  // namespace refledger::desk
