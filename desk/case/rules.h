// Which leaver is due what, and why a case waits.
//
// Order    Pure: no store, no clock.
// Source   docs/workflow.md, "Who gets one"; CO 330a (Switzerland), GewO 109 (Germany)
#pragma once

#include <vector>

#include "desk/case/archive.h"
#include "desk/case/desk.h"
#include "ingest/watch/watch.h"
#include "render/letter/pack.h"

namespace refledger::desk {

/// What the HR system's values come to: facts with their origin, and what is in the way.
struct Draft {
  Facts facts;
  Waiting waiting = Waiting::nothing;
  std::string waiting_field;
};

/// Whether the HR system names a legal entity for anybody.
bool tells_entities(const ingest::People& people);

/// `entities`: as tells_entities() says of the same reading.
Draft draft_of(const ingest::Leaver& leaver, const IssuerSettings& issuer, UtcMillis now,
               bool entities = false);
Draft draft_of(const ingest::Unclear& unclear, const IssuerSettings& issuer, UtcMillis now);

/// `fresh`, with the time a value was first read wherever the value is still the same.
Facts with_first_readings(Facts fresh, const Facts& before);

/// What the letter says: a confirmation of nature and duration.  malformed if a fact is missing.
Result<letter::Reference> reference_of(const Facts& facts);

/// Whether a case in automatic mode may go on without a person: the holder asked for a
/// confirmation, under Swiss or German law.
bool approves_itself(const Facts& facts);

/// The date the document bears by the rules of its country: in Germany the last day of employment,
/// in Switzerland `today`.  not_found: no rules for the country.
Result<Fact> document_date(const Facts& facts, const letter::Packs& rules, Date today,
                           UtcMillis now);

/// The case of the employment of `person` that began on `start`, or nullptr.  A corrected start
/// still finds its case; a start after the earlier end is a new employment.
Kept* case_of(std::vector<Kept>& cases, const std::string& person, Date start);

/// What differs from the facts the reference was issued with.
std::vector<Change> changes_since(const Facts& issued, const Facts& fresh);

/// Where the document can be sent, or nothing.
std::optional<Fact> address_of(const ingest::Person& person);

}  // namespace refledger::desk
