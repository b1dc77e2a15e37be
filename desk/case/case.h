// HR's work on one leaver's reference, as it is kept in the vault.
//
// State    open -> drafted -> approved -> identified -> attested -> sealed -> stored -> logged ->
//          sending -> delivered (or delivery_unknown, delivery_refused).  "open" may also be where
//          it stays: `waiting` then names what HR has to do.  "withdrawn" ends it from `logged` on.
// Shape    Canonical JSON, one vault item of kind "case", found by (issuer, account, person,
//          employment start); a correction has its predecessor's id beside them.  Large results
//          (PDF, sealed record, proof file, message) are vault items of their own, found by case
//          and kind.
// Errors   malformed: anything but what to_json writes
// Source   docs/workflow.md
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "desk/case/decisions.h"
#include "desk/case/handing.h"
#include "ingest/source/choice.h"
#include "ingest/source/source.h"
#include "ledger/core/bytes.h"
#include "ledger/core/json.h"
#include "ledger/core/result.h"
#include "ledger/credential/credential.h"
#include "render/letter/absence.h"

namespace refledger::desk {

enum class Stage {
  open,
  drafted,
  approved,
  identified,
  attested,
  sealed,
  stored,
  logged,
  sending,
  delivered,
  delivery_unknown,
  delivery_refused,
  withdrawn,
};
const char* name_of(Stage stage);

/// What an open or undelivered case waits for.  The words are in texts.h.
enum class Waiting {
  nothing,
  death,
  moved_within_group,
  end_unknown,
  end_ahead,
  end_before_start,
  end_not_definitive,
  other_employer,
  employer_not_recorded,
  law_unknown,
  law_not_supported,
  language_not_supported,
  wish_not_recorded,
  wish_not_recognised,
  full_reference_wished,
  law_asks_more,
  position_missing,
  text_not_printable,
  address_missing,
  address_unusable,
  term_to_confirm,
  to_release,
  stopped,
  deleted_in_source,
  signature_elsewhere,
  signature_by_hand,
  to_publish,
  to_hand_out,
  to_claim,
  delivery_refused,
  delivery_unknown,
};
const char* name_of(Waiting waiting);

/// What changed in the HR system after the reference was issued.
enum class Change { start, end, name, position, no_longer_ended };
inline constexpr const char* kGoesOn = "goes_on";
/// Of the facts' names in Case::changed, each once.
std::vector<Change> changes_in(const std::map<std::string, std::string>& changed);

/// One value of the document with its origin.
struct Fact {
  std::string value;
  ingest::Provenance from;
  friend bool operator==(const Fact&, const Fact&) = default;
};
/// By name: the claims' names, and gender, wish, to (the holder's address), employer_place,
/// signatory.
using Facts = std::map<std::string, Fact>;

/// The value of a fact, or nothing.
std::optional<std::string> value_of(const Facts& facts, const std::string& name);

/// A stretch of one kind, first and last day included.
struct Away {
  letter::AbsenceKind kind;
  Date from;
  Date to;
  friend bool operator==(const Away&, const Away&) = default;
};

/// How long somebody was away.  For HR alone: never printed, and nothing but kinds and days.
struct Absences {
  std::uint64_t absent_days = 0;    ///< calendar days within the employment, each once
  std::uint64_t long_days = 0;      ///< of these in uninterrupted absences of 30 days and more
  std::uint64_t employed_days = 0;  ///< of the whole employment
  std::vector<Away> periods = {};   ///< by kind, then in time; those of one kind joined
  UtcMillis read_at{};

  std::uint64_t net_days() const { return employed_days - long_days; }
  double long_share() const {
    return employed_days == 0 ? 0
                              : static_cast<double>(long_days) / static_cast<double>(employed_days);
  }
  friend bool operator==(const Absences&, const Absences&) = default;
};

/// Drawn once, before anything is made of them.  Secret and share are destroyed after delivery.
struct Identity {
  ReferenceId id;
  std::optional<LinkSecret> secret;
  std::optional<Share> share;
  std::uint64_t status_index = 0;
  friend bool operator==(const Identity&, const Identity&) = default;
};

struct Case {
  std::string case_id;  ///< random; names the case on the command line
  std::string iss;
  std::string account;
  std::string person;
  std::string start;       ///< employment start as first read; part of the case's key for good
  std::string employment;  ///< the HR system's own id of it; empty where it has none
  Stage stage = Stage::open;
  Waiting waiting = Waiting::nothing;
  std::string waiting_field;  ///< which value, where `waiting` is about one
  /// What the HR system says differently since the reference was issued, by the name of the fact;
  /// kGoesOn for an employment that is no longer over.
  std::map<std::string, std::string> changed;
  bool written = false;  ///< by HR: the letter is made from the order kept with the case
  bool gone = false;     ///< the HR system no longer has this person
  Decisions decisions;
  std::optional<UtcMillis> noticed_at;  ///< when HR was told that this will be issued by itself
  std::optional<Absences> absences;
  UtcMillis opened_at{};
  /// What each HR system says of the person, by field; of what HR typed, see `decisions`.
  ingest::Candidates said;
  Facts facts;
  std::optional<Identity> identity;
  std::optional<credential::Credential> credential;  ///< destroyed after delivery
  std::optional<DocumentHash> document;
  std::string entry;                    ///< the JWS `issued`, fixed before it is appended
  std::optional<UtcMillis> publish_at;  ///< when that is due, where it waits for the others
  std::optional<std::uint64_t> entry_index;
  std::string message_id;
  std::optional<UtcMillis> message_date;
  std::uint64_t tries = 0;            ///< how often this message was handed over
  std::uint64_t unknowns = 0;         ///< after how many of these nobody knows whether it arrived
  std::optional<UtcMillis> next_try;  ///< not before; nothing: at once
  std::optional<UtcMillis> delivered_at;
  bool destroyed = false;  ///< secret, share, credential, address, message and files are gone
  Handing handing;
};

Json to_json(const Case& one);
Result<Case> case_from_json(std::string_view canonical_text);

/// What the vault finds the case by.  `correction_of`: a case id, empty for the first reference.
std::string index_of(std::string_view iss, std::string_view account, std::string_view person,
                     std::string_view start, std::string_view correction_of = {});

}  // namespace refledger::desk
