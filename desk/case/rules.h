// Which leaver is due what, and why a case waits.
//
// Order    Pure: no store, no clock.
// Source   docs/workflow.md, "Who gets one"; CO 330a (Switzerland), GewO 109 (Germany)
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "desk/case/archive.h"
#include "desk/case/desk.h"
#include "ingest/watch/judge.h"
#include "render/letter/pack.h"

namespace refledger::desk {

/// What the HR system's values come to: facts with their origin, and what is in the way.
struct Draft {
  Facts facts;
  Waiting waiting = Waiting::nothing;
  std::string waiting_field;
};

/// `person` as it counts: what HR typed and chose is in place.  `entities`: whether the HR system
/// names a legal entity for anybody.
Draft draft_of(const ingest::Person& person, const ingest::Judgement& judgement,
               const IssuerSettings& issuer, UtcMillis now, bool entities = false);

/// `fresh`, with the time a value was first read wherever the value is still the same.
Facts with_first_readings(Facts fresh, const Facts& before);

/// What the letter says: nature and duration, of the type that may go by itself.  malformed if a
/// fact is missing.
Result<letter::Reference> reference_of(const Facts& facts);

/// The date the document bears by the rules of its country: in Germany the last day of employment,
/// in Switzerland `today`.  not_found: no rules for the country.
Result<Fact> document_date(const Facts& facts, const letter::Packs& rules, Date today,
                           UtcMillis now);

/// The case of this employment, or nullptr.  A corrected start still finds its case; a start after
/// the earlier end is a new employment, and so is one that the HR system calls by another id.
Kept* case_of(std::vector<Kept>& cases, const ingest::Person& person);

/// Whether nobody but HR can tell if `person` tells of the case's employment: its end is not known,
/// the start is a later one, and the HR system has no ids of employments.
bool may_be_a_rehire(const Case& one, const ingest::Person& person);

/// What the HR system says differently from what the reference was issued with, by the name of the
/// fact, without what HR has settled, and without what it no longer delivers.
std::map<std::string, std::string> changes_since(const Case& issued, const Facts& fresh,
                                                 std::span<const std::string> not_delivered = {});
/// Whether the HR system no longer delivers what this fact was made of.
bool is_kept_back(const Case& issued, const std::string& fact,
                  std::span<const std::string> not_delivered);
bool holds(std::span<const std::string> names, std::string_view name);
std::map<std::string, std::string> unsettled(const Case& issued,
                                             std::map<std::string, std::string> changed);

/// Where the document can be sent, or nothing.
std::optional<Fact> address_of(const ingest::Person& person);

}  // namespace refledger::desk
