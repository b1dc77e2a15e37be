// Whose word counts on one person: the HR system's, another system's, or what HR typed.
//
// Order    Pure.  HR's choice for a field comes first, then what was typed, then the issuer's own
//          account, then the further ones by name.  When somebody began or stopped working here is
//          the own account's to say, unless HR typed or chose something else.
// Source   docs/workflow.md, "What HR decides"
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "desk/case/case.h"
#include "desk/case/report.h"
#include "ingest/watch/rules.h"

namespace refledger::desk {

/// By account: what the further systems that were read say of one person; null: nothing.
using Further = std::map<std::string, const ingest::Person*>;

/// What `account` says of `person` and what the others say.  Of systems that were not read now,
/// what they said `before`; the time of what did not change is that of its first reading.
ingest::Candidates said_about(const ingest::Person& person, std::string_view account,
                              const Further& further, const ingest::Candidates& before);

/// By field: the word that counts, and what else there is to know of it.
std::map<std::string, ingest::Chosen, std::less<>> words_that_count(const ingest::Candidates& said,
                                                                    std::string_view account,
                                                                    const Decisions& decisions);

/// `person` with the values that count.  A fixed term's end is the definitive end where HR
/// confirmed it, or where the rule takes it for one.  Ids and status are always the account's.
ingest::Person as_it_counts(const ingest::Person& person, std::string_view account,
                            const ingest::Candidates& said, const Decisions& decisions,
                            const ingest::AutomaticRule& rule);

/// Everything that is said about a case.
std::vector<Word> words_of(const Case& one);

/// What has to stay of `said` once the reference is delivered: the words that it was made of, so
/// that a later change is told from one that was none; and no address.
ingest::Candidates said_in(const Case& one);

/// Whether HR may type or choose this field; its value is then checked: malformed names the field.
Result<std::string> checked_value(std::string_view field, const std::string& value);

}  // namespace refledger::desk
