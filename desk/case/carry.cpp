// Carrying cases on: all are issued, then one status token covers them, then all are delivered.
#include <algorithm>

#include "desk/case/state.h"
#include "ledger/core/hash.h"

namespace refledger::desk {
namespace {

// After so many failures in a row the mail server is left alone until the next run.
constexpr int kPatience = 3;

}  // namespace

// A crash inside withdraw(), or another desk's hand: the log is the truth.
Result<void> Desk::State::notice_withdrawals(std::vector<Kept>& cases) {
  Result<log::View> view = parts.log->view();
  if (!view) return view.error().fault == Fault::not_found ? Result<void>() : view.error();
  for (Kept& kept : cases) {
    if (!is_issued(kept.content.stage) || kept.content.stage == Stage::withdrawn) continue;
    auto found = view->find(hash_reference(kept.content.identity->id));
    if (!found) return found.error();
    if (!found->withdrawn) continue;
    if (auto recorded = withdraw_case(bench, kept); !recorded) return recorded;
  }
  return {};
}

Result<void> Desk::State::deliver_all(std::vector<Kept>& cases, SyncReport& report) {
  // Those tried least come first, so that a few dead mailboxes never hold up the others.
  std::stable_sort(cases.begin(), cases.end(),
                   [](const Kept& a, const Kept& b) { return a.content.tries < b.content.tries; });
  int failures = 0;
  return for_each(cases, report, [&](Kept& kept) -> Result<void> {
    if (!awaits_delivery(kept.content, bench.now()) || failures >= kPatience) return {};
    Result<Handover> handover = deliver(bench, kept);
    if (!handover) return handover.error();
    if (*handover == Handover::not_answered) return {};
    const bool answered = *handover == Handover::delivered || *handover == Handover::refused;
    failures = answered ? 0 : failures + 1;
    if (*handover == Handover::delivered) ++report.delivered;
    return {};
  });
}

// All are issued first, then one status token covers them, then all are composed and handed over:
// by then the public process has caught up.
Result<void> Desk::State::carry(std::vector<Kept>& cases, Stage from, SyncReport& report) {
  if (auto noticed = notice_withdrawals(cases); !noticed) return noticed;
  auto issued = for_each(cases, report, [&](Kept& kept) -> Result<void> {
    if (kept.content.stage < from || is_issued(kept.content.stage)) return {};
    auto worked = issue(bench, kept);
    if (is_issued(kept.content.stage)) ++report.issued;
    return worked;
  });
  if (!issued) return issued;
  if (auto fresh = refresh_token(bench, withdrawn); !fresh) return fresh;
  auto composed = for_each(cases, report, [&](Kept& kept) { return compose_message(bench, kept); });
  if (!composed) return composed;
  if (auto delivered = deliver_all(cases, report); !delivered) return delivered;
  auto destroyed = for_each(cases, report, [&](Kept& kept) -> Result<void> {
    const Stage stage = kept.content.stage;
    const bool over = stage == Stage::delivered || stage == Stage::withdrawn;
    return over && !kept.content.destroyed ? destroy_leftovers(bench, kept) : Result<void>();
  });
  if (!destroyed) return destroyed;
  report.waiting =
      static_cast<std::size_t>(std::count_if(cases.begin(), cases.end(), [](const Kept& kept) {
        return kept.content.waiting != Waiting::nothing;
      }));
  return {};
}

}  // namespace refledger::desk
