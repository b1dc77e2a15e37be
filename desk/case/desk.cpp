#include "desk/case/desk.h"

#include <algorithm>
#include <array>

#include "desk/case/status.h"
#include "desk/case/steps.h"
#include "desk/case/texts.h"
#include "ingest/source/zone.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/format/link.h"

namespace refledger::desk {
namespace {

// After so many failures in a row the mail server is left alone until the next run.
constexpr int kPatience = 3;

bool is_issued(Stage stage) { return stage >= Stage::logged; }

bool may_change(Stage stage) { return stage <= Stage::approved; }

std::string random_name(Random& random) {
  std::array<std::uint8_t, 16> drawn{};
  random.fill(drawn);
  return to_base32(drawn);
}

// Only trouble with a store passes; anything else is told and left for the next time.
Result<void> told(Result<void> taken, const ingest::Person& person, SyncReport& report) {
  if (taken || taken.error().fault == Fault::storage) return taken;
  report.problems.push_back("person " + person.id + ": " + taken.error().detail);
  return {};
}

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

struct Desk::State {
  IssuerSettings issuer;
  Parts parts;
  Archive archive;
  WithdrawnIndexes withdrawn;
  Bench bench;

  State(IssuerSettings settings, Parts given)
      : issuer(std::move(settings)),
        parts(std::move(given)),
        archive(*parts.vault),
        bench{issuer, parts, archive} {}

  Result<std::vector<Kept>> load() const { return archive.load_all(issuer.iss, issuer.account); }

  Result<void> note_reading(const ingest::People& people, SyncReport& report);
  Result<void> take_in(const ingest::People& people, std::vector<Kept>& cases, SyncReport& report);
  Result<void> take_person(const ingest::Person& person, Draft draft, std::vector<Kept>& cases,
                           SyncReport& report);
  Result<Kept*> open_case(const ingest::Person& person, std::vector<Kept>& cases);
  Result<void> update(Kept& kept, const ingest::Person& person, Draft draft);
  Result<void> note(Kept& kept, std::vector<Change> changes);
  Result<void> take_stayer(const ingest::Person& person, std::vector<Kept>& cases);

  Result<void> carry(std::vector<Kept>& cases, Stage from, SyncReport& report);
  Result<void> notice_withdrawals(std::vector<Kept>& cases);
  Result<void> deliver_all(std::vector<Kept>& cases, SyncReport& report);
  template <class Work>
  Result<void> for_each(std::vector<Kept>& cases, SyncReport& report, Work work);
};

Desk::Desk(IssuerSettings issuer, Parts parts)
    : state_(std::make_unique<State>(std::move(issuer), std::move(parts))) {}
Desk::~Desk() = default;

// Trouble with one case does not hold up the others; trouble with a store ends the run.
template <class Work>
Result<void> Desk::State::for_each(std::vector<Kept>& cases, SyncReport& report, Work work) {
  for (Kept& kept : cases) {
    Result<void> worked = work(kept);
    if (worked) continue;
    if (worked.error().fault == Fault::storage) return worked;
    report.problems.push_back(kept.content.case_id + ": " + worked.error().detail);
  }
  return {};
}

// ---- taking in what the HR system says ----------------------------------------------------------

Result<Kept*> Desk::State::open_case(const ingest::Person& person, std::vector<Kept>& cases) {
  Case fresh;
  fresh.case_id = random_name(*parts.random);
  fresh.iss = issuer.iss;
  fresh.account = issuer.account;
  fresh.person = person.id;
  fresh.start = format_date(person.hire_date.value);
  fresh.opened_at = bench.now();
  Result<Kept> kept = archive.open(std::move(fresh));
  if (!kept) return kept.error();
  bench.done(step::opened);
  cases.push_back(std::move(*kept));
  return &cases.back();
}

Result<void> Desk::State::note(Kept& kept, std::vector<Change> changes) {
  if (kept.content.changes == changes) return {};
  kept.content.changes = std::move(changes);
  return archive.save(kept);
}

Result<void> Desk::State::update(Kept& kept, const ingest::Person& person, Draft draft) {
  if (may_change(kept.content.stage)) return take_draft(bench, kept, std::move(draft));
  if (auto noted = note(kept, changes_since(kept.content.facts, draft.facts)); !noted) return noted;
  const bool not_arrived = kept.content.stage == Stage::delivery_refused ||
                           kept.content.waiting == Waiting::delivery_unknown;
  if (!not_arrived) return {};
  std::optional<Fact> address = address_of(person);
  const bool another = address && address->value != value_of(kept.content.facts, "to") &&
                       delivery::Address::parse(address->value).has_value();
  return another ? readdress(bench, kept, std::move(*address)) : Result<void>();
}

Result<void> Desk::State::take_person(const ingest::Person& person, Draft draft,
                                      std::vector<Kept>& cases, SyncReport& report) {
  ++report.leavers;
  Kept* kept = case_of(cases, person.id, person.hire_date.value);
  if (kept == nullptr) {
    Result<Kept*> opened = open_case(person, cases);
    if (!opened) return opened.error();
    kept = *opened;
    ++report.opened;
  }
  return update(*kept, person, std::move(draft));
}

// Somebody who works here, or works on: what was begun for them rests, what was issued is noted.
Result<void> Desk::State::take_stayer(const ingest::Person& person, std::vector<Kept>& cases) {
  Kept* kept = case_of(cases, person.id, person.hire_date.value);
  if (kept == nullptr) return {};
  Case& one = kept->content;
  const bool at_rest = one.stage == Stage::open && one.waiting == Waiting::nothing;
  if (at_rest && !one.changes.empty()) return {};
  if (!may_change(one.stage)) return note(*kept, {Change::no_longer_ended});
  one.stage = Stage::open;
  one.waiting = Waiting::nothing;
  one.waiting_field.clear();
  one.changes = {Change::no_longer_ended};
  return archive.save(*kept);
}

// A reading that cannot be noted is no reason to leave anybody waiting.
Result<void> Desk::State::note_reading(const ingest::People& people, SyncReport& report) {
  const HrReading fresh{people.unusable, people.not_delivered, bench.now()};
  auto noted = archive.note_reading(issuer.iss, issuer.account, fresh);
  if (noted || noted.error().fault == Fault::storage) return noted;
  report.problems.push_back("reading: " + noted.error().detail);
  return {};
}

Result<void> Desk::State::take_in(const ingest::People& people, std::vector<Kept>& cases,
                                  SyncReport& report) {
  Result<Date> today = ingest::local_date(bench.now(), issuer.time_zone);
  if (!today) return today.error();
  const bool entities = tells_entities(people);
  std::set<std::string> leaving;
  for (const ingest::Leaver& leaver : ingest::find_leavers(people, *today)) {
    leaving.insert(leaver.person.id);
    auto taken =
        take_person(leaver.person, draft_of(leaver, issuer, bench.now(), entities), cases, report);
    if (taken = told(taken, leaver.person, report); !taken) return taken;
  }
  for (const ingest::Unclear& unclear : ingest::find_unclear(people, *today)) {
    leaving.insert(unclear.person.id);
    auto taken = take_person(unclear.person, draft_of(unclear, issuer, bench.now()), cases, report);
    if (taken = told(taken, unclear.person, report); !taken) return taken;
  }
  for (const ingest::Person& person : people.people) {
    if (leaving.count(person.id) > 0) continue;
    if (auto taken = told(take_stayer(person, cases), person, report); !taken) return taken;
  }
  return {};
}

// ---- carrying cases on --------------------------------------------------------------------------

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

// ---- what others call ---------------------------------------------------------------------------

Result<SyncReport> Desk::sync() {
  Result<ingest::People> people = state_->parts.source->read_people();
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

Result<std::vector<CaseSummary>> Desk::cases() const {
  Result<std::vector<Kept>> cases = state_->load();
  if (!cases) return cases.error();
  const bool german = state_->issuer.hr_language == "de";
  const Tongue tongue = german ? Tongue::german : Tongue::english;
  std::vector<CaseSummary> summaries;
  for (const Kept& kept : *cases) summaries.push_back(summary_of(kept.content, tongue));
  return summaries;
}

Result<HrReading> Desk::reading() const {
  return state_->archive.reading(state_->issuer.iss, state_->issuer.account);
}

}  // namespace refledger::desk
