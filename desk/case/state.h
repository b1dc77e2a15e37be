// What a desk holds, and its work by subject: sync.cpp reads the HR system, take_in.cpp takes in
// what it says, carry.cpp carries the cases on, hand_over.cpp delivers, orders.cpp does what HR
// says, writing.cpp makes the references that HR writes, summaries.cpp tells HR about it.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "desk/case/archive.h"
#include "desk/case/automatic.h"
#include "desk/case/book.h"
#include "desk/case/desk.h"
#include "desk/case/examine.h"
#include "desk/case/prepared.h"
#include "desk/case/rules.h"
#include "desk/case/status.h"
#include "desk/case/steps.h"
#include "desk/case/texts.h"
#include "desk/case/watch_state.h"
#include "desk/case/word.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"

namespace refledger::desk {

/// Something that a reading comes to for one case, decided before anything is written.
struct Planned {
  Act act;
  std::string person;
  std::optional<Kept> kept = {};  ///< nothing: a new case
  std::string start = {};         ///< of the employment, for a new case
  std::string employment = {};
  Draft draft = {};
  std::map<std::string, std::string> changed = {};
  std::optional<Fact> address = {};
  std::optional<Absences> absences = {};
  ingest::Candidates said = {};
  bool by_hand = false;
};

/// One person of a reading, and what else a plan depends on.
struct Intake {
  const ingest::Person* person;
  bool only_listed;  ///< gone before the connection began
  bool entities;     ///< the HR system names a legal entity for somebody
  Date today;
  Date connected_on;
  std::optional<Absences> absences = {};
  Further further = {};  ///< what the further systems say, where they were read
  std::span<const std::string> not_delivered = {};  ///< as far as it is known
};

/// What the further systems say of some people, by id.
struct FurtherWords {
  std::vector<std::string> read;  ///< the accounts that answered
  std::map<std::string, std::map<std::string, ingest::Person>> people;  ///< by account, by id
  Further about(const std::string& id) const;
};

/// 128 random bits, for the id of a case.
std::string random_name(Random& random);

/// What a code and its PIN open.
struct Claimed {
  Kept kept;
  UtcMillis good_until{};
};

struct Desk::State {
  IssuerSettings issuer;
  Parts parts;
  CaseBook book;
  Archive archive;
  WatchState watch_state;
  WithdrawnIndexes withdrawn;
  Bench bench;

  std::mutex changes;     ///< held while cases, log or tokens are changed
  std::mutex reading;     ///< held for a whole reading of the HR system
  std::mutex delivering;  ///< held by whoever talks to the mail server
  std::atomic<bool> is_reading = false;
  std::atomic<std::size_t> people_read = 0;
  std::set<std::string> to_notice;       ///< cases that HR must be told of; under `changes`
  std::optional<UtcMillis> next_expiry;  ///< when the retention is looked at again
  std::optional<UtcMillis> next_notice;  ///< not before, after a mail server that did not take one
  bool entries_known = false;            ///< the log holds what the cases say; under `changes`
  bool something_lost = true;            ///< HrReading::lost may hold something; under `changes`

  State(IssuerSettings settings, Parts given)
      : issuer(std::move(settings)),
        parts(std::move(given)),
        book(archive, issuer.iss, issuer.account),
        archive(*parts.vault, [this](const Kept& kept) { book.note(kept); }),
        watch_state(*parts.vault, issuer.iss, issuer.account),
        bench{issuer, parts, archive} {}

  Result<Date> today() const;
  Result<std::vector<Kept>> cases_of(std::string_view person) const;
  Result<Kept> case_named(std::string_view case_id) const;
  Result<bool> was_erased(const std::string& person, const std::string& start) const;
  Gate gate_now(const Case& one, Date day) const {
    return gate_of(one, rule_for(issuer.automatic, one.facts),
                   law_lets_go(one.facts, issuer.rules->packs, day), day, bench.now());
  }
  ingest::AutomaticRule rule_about(const ingest::Person& person, Date day) const {
    return rule_for(issuer.automatic, person, issuer.rules->packs, day);
  }
  Tongue tongue() const { return tongue_named(issuer.hr_language).value_or(Tongue::english); }

  // sync.cpp
  Result<ingest::ReadRequest> what_to_read(const SyncOptions& options, const WatchHead& head,
                                           const ingest::KnownPeople& known) const;
  std::string rules_hash() const { return to_hex(sha256(bytes_of(issuer.automatic.text()))); }
  Result<WatchHead> head_after(const WatchHead& before, const ingest::Reading& read, bool entities,
                               UtcMillis began, Date day) const;
  bool wants(const ingest::Observed& observed, const Intake& intake) const;
  bool wants_absences(const ingest::Attended& attended, Date day) const;
  Result<std::map<std::string, Absences>> read_absences(const ingest::Watch& watch);
  bool wants_further(const ingest::Attended& attended, bool complete, Date day) const;
  std::vector<const ingest::Person*> wanting_further(const ingest::Watch& watch, bool complete,
                                                     Date day) const;
  FurtherWords read_further(const std::vector<const ingest::Person*>& about,
                            std::vector<std::string>& problems);
  Result<SyncReport> sync(const SyncOptions& options);  ///< without handing anything over

  // take_in.cpp
  Result<std::optional<Planned>> plan(const Intake& intake) const;
  std::optional<Planned> plan_change(const Intake& intake, Kept kept, const ingest::Person& counts,
                                     ingest::Candidates said, Draft draft) const;
  std::optional<Planned> plan_rest(const Intake& intake, Kept kept) const;
  Result<std::vector<Planned>> plan_gone(const std::string& person) const;
  PlannedAct told(const Planned& planned, Date today) const;
  Result<Kept> open_case(const Planned& planned);
  Result<void> apply(Planned planned);
  Result<void> do_or_tell(Planned planned, Date today, SyncReport& report);
  HrReading reading_after(const HrReading& before, const ingest::Watch& watch,
                          SyncReport& report) const;
  Result<HrReading> note_reading(const ingest::Watch& watch, SyncReport& report);
  Result<void> take_in(const ingest::Watch& watch, const WatchHead& head, Date today,
                       const std::map<std::string, Absences>& absences, const FurtherWords& further,
                       SyncReport& report);

  // carry.cpp
  using MayIssue = std::function<bool(const Case&)>;
  /// Without `may_issue` drafts are left as they are.
  Result<void> carry(const MayIssue& may_issue, SyncReport& report);
  Result<void> notice_withdrawals();
  Result<void> pass_gate(Kept& kept, const MayIssue& may_issue);
  Result<void> destroy_what_is_over(SyncReport& report);
  template <class Work>
  Result<void> for_each(std::vector<Kept>& cases, SyncReport& report, Work work);

  // publishing.cpp
  Result<void> publish_due(SyncReport& report);

  // reentry.cpp
  Result<std::vector<std::string>> missing_entries(const Case& one,
                                                   const std::optional<std::string>& before) const;
  Result<bool> enter_again(Kept& kept, const std::optional<std::string>& before);
  Result<void> enter_lost(SyncReport& report);

  // corrections.cpp
  Result<void> settle_corrections(SyncReport& report);

  // handing_over.cpp
  Result<Claimed> claimed(const std::string& code, const std::string& pin);

  // erasing.cpp
  Result<void> erase(const Kept& kept);
  Result<void> erase_expired(SyncReport& report);

  // orders.cpp
  template <class Work>
  Result<void> order(std::string_view case_id, Work work);
  Result<void> withdraw_erased(const ReferenceId& id, const Error& unknown);
  Result<std::string> open_by_hand(const ingest::Person& person, const Further& further,
                                   bool entities);

  // writing.cpp
  Result<std::optional<Kept>> case_for(const Order& order, std::string_view file) const;
  Result<Kept> open_typed(const Order& order, std::string_view file);
  Result<Examined> examine_order(const Order& order, const Case& one, Facts& facts) const;
  Result<void> approve_order(Kept& kept, const Order& order, std::string_view file,
                             const Examined& examined, Facts facts);
  Result<void> need_one_person(std::string_view file) const;
  Result<Issued> take_order(std::string_view given, letter::SigningMode mode,
                            const Signers& signers);
  Result<Issued> go_on_with(Kept& kept, std::string_view file, const Signers& signers);
  Result<void> keep_signers(const Case& one, const Signers& signers);
  Result<void> go_on(Kept& kept, Issued& issued);
  Result<std::optional<PreparedDocument>> prepared_of(const Case& one) const;
  Result<Issued> with_asked_signature(const Case& one, Issued issued) const;
  Result<void> renew_if_expired(Kept& kept, const Signers& signers);
  Result<void> keep_prepared(const Case& one, const PreparedDocument& next);
  Result<void> take_signature(Kept& kept, ByteView signature);

  // hand_over.cpp
  Result<void> hand_over(SyncReport& report);
  Result<void> hand_over_messages(SyncReport& report);
  Result<bool> may_be_sent(const Outline& outline);
  Result<Handover> hand_over_one(const Outline& outline);
  Result<bool> mail_to_hr(const NoticeTexts& texts);
  Result<void> tell_hr(SyncReport& report);
  Result<void> note_told(const std::set<std::string>& told, SyncReport& report);
  Result<void> tell_of_lost(SyncReport& report);
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
