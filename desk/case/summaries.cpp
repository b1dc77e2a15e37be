// The cases as HR sees them.
#include "desk/case/state.h"
#include "desk/case/texts.h"
#include "desk/case/word.h"
#include "ledger/format/link.h"

namespace refledger::desk {
namespace {

CaseSummary summary_of(const Case& one, Tongue tongue) {
  const auto value = [&](const char* name) { return value_of(one.facts, name).value_or(""); };
  CaseSummary summary;
  summary.case_id = one.case_id;
  summary.stage = one.stage;
  summary.name = value("given_name") + " " + value("family_name");
  summary.position = value("position");
  summary.employed_from = value("employed_from");
  summary.employed_to = value("employed_to");
  summary.country = value("governing_law");
  summary.waiting_for = waiting_text(one.waiting, one.waiting_field, tongue);
  if (one.identity) summary.reference_id = format::format_id(one.identity->id);
  summary.note = changes_text(changes_in(one.changed), tongue);
  summary.waiting = one.waiting;
  summary.gone = one.gone;
  summary.handing = one.handing;
  summary.destroyed = one.destroyed;
  summary.absences = one.absences;
  return summary;
}

}  // namespace

Result<std::vector<CaseSummary>> Desk::cases() const {
  Result<std::vector<Kept>> cases =
      state_->archive.load_all(state_->issuer.iss, state_->issuer.account);
  if (!cases) return cases.error();
  Result<Date> day = state_->today();
  if (!day) return day.error();
  std::vector<CaseSummary> summaries;
  for (const Kept& kept : *cases) {
    CaseSummary summary = summary_of(kept.content, state_->tongue());
    if (kept.content.stage == Stage::drafted) {
      summary.planned =
          planned_day(state_->gate_now(kept.content, *day), *day, state_->issuer.time_zone);
    }
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

Result<std::vector<Word>> Desk::words(std::string_view case_id) const {
  if (auto opened = state_->book.open(); !opened) return opened.error();
  Result<Kept> kept = state_->case_named(case_id);
  if (!kept) return kept.error();
  return words_of(kept->content);
}

}  // namespace refledger::desk
