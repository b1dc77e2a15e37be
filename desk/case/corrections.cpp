// A reference that replaces another: the new one shows no trace of the old, and the old one is
// withdrawn some days later, so that the log's order does not tell which two belong together.
#include <array>

#include "desk/case/state.h"

namespace refledger::desk {
namespace {

constexpr std::chrono::hours kEarliest{24};
constexpr std::chrono::hours kSpan{6 * 24};

std::chrono::milliseconds draw_delay(Random& random) {
  std::array<std::uint8_t, 8> drawn{};
  random.fill(drawn);
  std::uint64_t number = 0;
  for (const std::uint8_t byte : drawn) number = number << 8 | byte;
  // 64 bits over half a thousand million: what is uneven about it nobody will ever measure.
  const auto span = static_cast<std::uint64_t>(std::chrono::milliseconds(kSpan).count());
  return kEarliest + std::chrono::milliseconds(number % span);
}

Case successor_of(const Case& old, bool urgent) {
  Case fresh;
  fresh.iss = old.iss;
  fresh.account = old.account;
  fresh.person = old.person;
  fresh.start = old.start;
  fresh.employment = old.employment;
  fresh.facts = old.facts;
  for (const char* made : {"document_date", "to"}) fresh.facts.erase(made);
  fresh.decisions = old.decisions;
  fresh.decisions.go = Go::by_rule;
  fresh.decisions.opened_by_hand = true;  // nothing of it happens by itself
  fresh.decisions.recheck = true;
  fresh.gone = old.gone;
  fresh.handing.correction_of = old.case_id;
  fresh.handing.urgent = urgent;
  return fresh;
}

}  // namespace

Result<std::string> Desk::correct(std::string_view case_id, bool urgent) {
  if (auto opened = state_->book.open(); !opened) return opened.error();
  const std::lock_guard<std::mutex> alone(state_->changes);
  Result<Kept> old = state_->case_named(case_id);
  if (!old) return old.error();
  if (!is_issued(old->content.stage)) {
    return Error{Fault::conflict, "case: its reference is not issued yet; change the draft"};
  }
  for (const Outline& one : state_->book.of_person(old->content.person)) {
    if (one.correction_of == case_id) return one.case_id;
  }
  Case fresh = successor_of(old->content, urgent);
  fresh.case_id = random_name(*state_->parts.random);
  fresh.opened_at = state_->bench.now();
  fresh.stage = Stage::drafted;
  fresh.waiting = Waiting::to_release;
  Result<Kept> kept = state_->archive.open(std::move(fresh));
  if (!kept) return kept.error();
  state_->bench.done(step::opened);
  return kept->content.case_id;
}

// The old one's time is fixed once its successor is in the log; then it is waited for.
Result<void> Desk::State::settle_corrections(SyncReport& report) {
  const UtcMillis now = bench.now();
  for (const Outline& fresh : book.where(
           [](const Outline& one) { return !one.correction_of.empty() && is_issued(one.stage); })) {
    const std::optional<Outline> old = book.find(fresh.correction_of);
    if (!old || old->stage == Stage::withdrawn || old->withdraw_at) continue;
    Result<Kept> kept = archive.load(old->item);
    if (!kept) return kept.error();
    Result<Kept> next = archive.load(fresh.item);
    if (!next) return next.error();
    const bool urgent = next->content.handing.urgent;
    kept->content.handing.withdraw_at = urgent ? now : now + draw_delay(*parts.random);
    if (auto saved = archive.save(*kept); !saved) return saved;
    bench.done(step::correction_planned);
  }
  Result<std::vector<Kept>> due = book.load(book.where([now](const Outline& one) {
    return one.stage != Stage::withdrawn && one.withdraw_at && *one.withdraw_at <= now;
  }));
  if (!due) return due.error();
  return for_each(*due, report, [&](Kept& kept) { return withdraw_case(bench, kept); });
}

}  // namespace refledger::desk
