// The cases as HR sees them.
#include "desk/case/state.h"
#include "desk/case/texts.h"
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
  summary.note = changes_text(one.changes, tongue);
  summary.waiting = one.waiting;
  return summary;
}

}  // namespace

Result<std::vector<CaseSummary>> Desk::cases() const {
  Result<std::vector<Kept>> cases = state_->load();
  if (!cases) return cases.error();
  const bool german = state_->issuer.hr_language == "de";
  const Tongue tongue = german ? Tongue::german : Tongue::english;
  std::vector<CaseSummary> summaries;
  for (const Kept& kept : *cases) summaries.push_back(summary_of(kept.content, tongue));
  return summaries;
}

}  // namespace refledger::desk
