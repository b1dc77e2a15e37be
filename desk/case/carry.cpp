// Carrying cases on: all are issued, then one status token covers them, then their messages are
// composed.  By the time these are handed over, the public process has caught up.
#include <algorithm>

#include "desk/case/state.h"
#include "ledger/core/hash.h"

namespace refledger::desk {

// A crash inside withdraw(), or another desk's hand: the log is the truth.
Result<void> Desk::State::notice_withdrawals() {
  Result<log::View> view = parts.log->view();
  if (!view) return view.error().fault == Fault::not_found ? Result<void>() : view.error();
  if (auto read = withdrawn.read(*view); !read) return read;
  const std::set<std::uint64_t>& indexes = withdrawn.indexes();
  Result<std::vector<Kept>> cases = book.load(book.where([&](const Outline& one) {
    return is_issued(one.stage) && one.stage != Stage::withdrawn && one.status_index &&
           indexes.count(*one.status_index) > 0;
  }));
  if (!cases) return cases.error();
  for (Kept& kept : *cases) {
    auto found = view->find(hash_reference(kept.content.identity->id));
    if (!found) return found.error();
    if (!found->withdrawn) continue;
    if (auto recorded = withdraw_case(bench, kept); !recorded) return recorded;
  }
  return {};
}

// What the gate says is written down where it is something for HR to do.
Result<void> Desk::State::pass_gate(Kept& kept, const MayIssue& may_issue) {
  Case& one = kept.content;
  Result<Date> day = today();
  if (!day) return day.error();
  Gate gate = gate_now(one, *day);
  if (gate.wants_notice && issuer.hr_mail.empty()) {
    one.noticed_at = bench.now();  // the list of cases is the notice
    if (auto saved = archive.save(kept); !saved) return saved;
    bench.done(step::noticed);
    gate = gate_now(one, *day);
  } else if (gate.wants_notice) {
    to_notice.insert(one.case_id);
  }
  if (one.waiting != gate.waiting) {
    one.waiting = gate.waiting;
    if (auto saved = archive.save(kept); !saved) return saved;
  }
  return gate.open && may_issue(one) ? issue(bench, kept) : Result<void>();
}

Result<void> Desk::State::carry(const MayIssue& may_issue, SyncReport& report) {
  if (auto opened = book.open(); !opened) return opened;
  if (auto entered = enter_lost(report); !entered) return entered;
  if (auto noticed = notice_withdrawals(); !noticed) return noticed;
  if (auto published = publish_due(report); !published) return published;
  const Stage from = may_issue ? Stage::drafted : Stage::identified;
  Result<std::vector<Kept>> cases = book.load(
      book.where([&](const Outline& one) { return one.stage >= from && has_work_left(one); }));
  if (!cases) return cases.error();
  auto issued = for_each(*cases, report, [&](Kept& kept) -> Result<void> {
    // Logged, and not settled yet how it reaches the holder: a crash came in between.
    if (kept.content.stage == Stage::logged && kept.content.written) return issue(bench, kept);
    if (is_issued(kept.content.stage)) return {};
    auto worked = may_change(kept.content.stage) && !kept.content.written
                      ? pass_gate(kept, may_issue)
                      : issue(bench, kept);
    if (is_issued(kept.content.stage)) ++report.issued;
    return worked;
  });
  if (!issued) return issued;
  if (auto settled = settle_corrections(report); !settled) return settled;
  if (auto fresh = refresh_token(bench, withdrawn); !fresh) return fresh;
  auto composed =
      for_each(*cases, report, [&](Kept& kept) { return compose_message(bench, kept); });
  if (!composed) return composed;
  if (auto erased = erase_expired(report); !erased) return erased;
  return destroy_what_is_over(report);
}

Result<void> Desk::State::destroy_what_is_over(SyncReport& report) {
  const UtcMillis now = bench.now();
  Result<std::vector<Kept>> over = book.load(book.where([now](const Outline& one) {
    const bool ended = one.stage == Stage::delivered || one.stage == Stage::withdrawn;
    return ended && !one.destroyed && (!one.keep_until || *one.keep_until <= now);
  }));
  if (!over) return over.error();
  auto destroyed =
      for_each(*over, report, [&](Kept& kept) { return destroy_leftovers(bench, kept); });
  report.waiting = book.count([](const Outline& one) {
    return one.waiting != Waiting::nothing && one.waiting != Waiting::to_publish;
  });
  return destroyed;
}

}  // namespace refledger::desk
