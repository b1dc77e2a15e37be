#include "desk/case/desk.h"

#include "desk/case/state.h"

namespace refledger::desk {

std::span<const std::string_view> step_names() {
  static constexpr std::string_view kNames[] = {step::opened,
                                                step::drafted,
                                                step::remembered,
                                                step::approved,
                                                step::index_claimed,
                                                step::identified,
                                                step::named,
                                                step::attested,
                                                step::document_kept,
                                                step::sealed,
                                                step::record_kept,
                                                step::record_put,
                                                step::stored,
                                                step::entry_kept,
                                                step::appended,
                                                step::logged,
                                                step::status_refreshed,
                                                step::proof_kept,
                                                step::message_named,
                                                step::message_kept,
                                                step::sending,
                                                step::handed_over,
                                                step::delivered,
                                                step::message_destroyed,
                                                step::document_destroyed,
                                                step::record_destroyed,
                                                step::proof_destroyed,
                                                step::destroyed};
  return kNames;
}

Desk::Desk(IssuerSettings issuer, Parts parts)
    : state_(std::make_unique<State>(std::move(issuer), std::move(parts))) {}
Desk::~Desk() = default;

Result<SyncReport> Desk::sync(const SyncOptions& options) {
  Result<SyncReport> report = state_->sync(options);
  if (!report || options.dry_run || !options.deliver) return report;
  if (auto handed = state_->hand_over(*report); !handed) return handed.error();
  return report;
}

Result<SyncReport> Desk::carry_on() {
  const std::lock_guard<std::mutex> alone(state_->changes);
  SyncReport report;
  if (auto carried = state_->carry({}, report); !carried) return carried.error();
  return report;
}

Result<SyncReport> Desk::deliver() {
  if (auto opened = state_->book.open(); !opened) return opened.error();
  SyncReport report;
  if (auto handed = state_->hand_over(report); !handed) return handed.error();
  return report;
}

Result<SyncReport> Desk::resume() {
  Result<SyncReport> report = carry_on();
  if (!report) return report;
  if (auto handed = state_->hand_over(*report); !handed) return handed.error();
  return report;
}

Result<void> Desk::refresh_status() {
  const std::lock_guard<std::mutex> alone(state_->changes);
  return refresh_token(state_->bench, state_->withdrawn);
}

Result<HrReading> Desk::reading() const {
  return state_->archive.reading(state_->issuer.iss, state_->issuer.account);
}

const IssuerSettings& Desk::issuer() const { return state_->issuer; }

SyncProgress Desk::progress() const { return {state_->is_reading, state_->people_read}; }

}  // namespace refledger::desk
