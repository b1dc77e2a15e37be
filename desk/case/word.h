// Whose word counts on one person: the HR system's, another source's, or what HR typed.
//
// Order    Pure.
// Source   docs/workflow.md, "What HR decides"
#pragma once

#include "desk/case/decisions.h"
#include "ingest/source/choice.h"
#include "ingest/watch/rules.h"

namespace refledger::desk {

/// Everything that is said about `person`, who was read from `account`.
ingest::Candidates candidates_for(const ingest::Person& person, std::string_view account,
                                  const Decisions& decisions);

/// `person` with the values that count.  A fixed term's end is the definitive end where HR
/// confirmed it, or where the rule takes it for one.  Ids and status are always the account's.
ingest::Person as_it_counts(const ingest::Person& person, std::string_view account,
                            const Decisions& decisions, const ingest::AutomaticRule& rule);

/// Whether HR may type or choose this field; its value is then checked: malformed names the field.
Result<std::string> checked_value(std::string_view field, const std::string& value);

}  // namespace refledger::desk
