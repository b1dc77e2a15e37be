// Taking in what the HR system says: cases opened, brought up to date, laid to rest.
#include <array>
#include <set>

#include "desk/case/state.h"
#include "ingest/source/zone.h"
#include "ledger/core/encoding.h"

namespace refledger::desk {
namespace {

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

}  // namespace

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

}  // namespace refledger::desk
