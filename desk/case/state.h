// What a desk holds, and its work by subject: take_in.cpp takes in what the HR system says,
// carry.cpp carries the cases on, summaries.cpp tells HR about them.
#pragma once

#include <string>
#include <vector>

#include "desk/case/archive.h"
#include "desk/case/desk.h"
#include "desk/case/rules.h"
#include "desk/case/status.h"
#include "desk/case/steps.h"

namespace refledger::desk {

inline bool is_issued(Stage stage) { return stage >= Stage::logged; }
inline bool may_change(Stage stage) { return stage <= Stage::approved; }

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

}  // namespace refledger::desk
