#include "desk/case/desk.h"

#include "desk/case/state.h"

namespace refledger::desk {

std::span<const std::string_view> step_names() {
  static constexpr std::string_view kNames[] = {
      step::opened,           step::drafted,           step::approved,
      step::index_claimed,    step::identified,        step::named,
      step::attested,         step::document_kept,     step::sealed,
      step::record_kept,      step::record_put,        step::stored,
      step::entry_kept,       step::appended,          step::logged,
      step::status_refreshed, step::proof_kept,        step::message_named,
      step::message_kept,     step::sending,           step::handed_over,
      step::delivered,        step::message_destroyed, step::document_destroyed,
      step::record_destroyed, step::proof_destroyed,   step::destroyed};
  return kNames;
}

Desk::Desk(IssuerSettings issuer, Parts parts)
    : state_(std::make_unique<State>(std::move(issuer), std::move(parts))) {}
Desk::~Desk() = default;

Result<SyncReport> Desk::sync() {
  Result<ingest::People> people = ingest::read_all(*state_->parts.source);
  if (!people) return people.error();
  Result<std::vector<Kept>> cases = state_->load();
  if (!cases) return cases.error();
  SyncReport report;
  report.people = people->people.size();
  report.unusable = people->unusable;
  report.not_delivered = people->not_delivered;
  if (auto noted = state_->note_reading(*people, report); !noted) return noted.error();
  if (auto taken = state_->take_in(*people, *cases, report); !taken) return taken.error();
  if (auto carried = state_->carry(*cases, Stage::drafted, report); !carried) {
    return carried.error();
  }
  return report;
}

Result<SyncReport> Desk::resume() {
  Result<std::vector<Kept>> cases = state_->load();
  if (!cases) return cases.error();
  SyncReport report;
  if (auto carried = state_->carry(*cases, Stage::identified, report); !carried) {
    return carried.error();
  }
  return report;
}

Result<void> Desk::withdraw(const ReferenceId& id) {
  const Error unknown{Fault::not_found, "withdraw: no reference with this number was issued here"};
  Result<std::optional<Kept>> found = state_->archive.find(id);
  if (!found) return found.error();
  if (!*found || !is_issued((*found)->content.stage)) return unknown;
  Kept& kept = **found;
  if (!kept.content.identity || kept.content.identity->id != id) return unknown;
  if (auto withdrawn = withdraw_case(state_->bench, kept); !withdrawn) return withdrawn;
  if (auto fresh = refresh_status(); !fresh) return fresh;
  return kept.content.destroyed ? Result<void>() : destroy_leftovers(state_->bench, kept);
}

Result<void> Desk::refresh_status() { return refresh_token(state_->bench, state_->withdrawn); }

Result<HrReading> Desk::reading() const {
  return state_->archive.reading(state_->issuer.iss, state_->issuer.account);
}

}  // namespace refledger::desk
