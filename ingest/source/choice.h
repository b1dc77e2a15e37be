// Who says what about one field, and whose word counts.
//
// Shape    A source is named by its account ("personio", "bexio"); what a person of HR typed is the
//          source kTyped.  Fields go by the names of source.h's members and of fields.h.
// Order    Pure.  A field's choice comes before the account's default order.  A chosen source that
//          says nothing (any more) does not leave a gap: the default order counts, and `silent`
//          says so.  Without a place of its own in the order, what was typed comes first, and
//          accounts that the order does not name come last, by name.
// Source   docs/ingest.md
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/source.h"

namespace refledger::ingest {

inline constexpr std::string_view kTyped = "typed";

/// One source's word on one field.  Dates are as 2026-09-30, numbers as text.
struct Told {
  std::string account;  ///< or kTyped
  Value<std::string> value;
  friend bool operator==(const Told&, const Told&) = default;
};

/// All that is said about one subject (a person, the company), by field.
using Candidates = std::map<std::string, std::vector<Told>, std::less<>>;

/// By field: the account whose word counts, as HR chose.
using Choices = std::map<std::string, std::string, std::less<>>;

/// Accounts, the first one's word counting most.
using SourceOrder = std::vector<std::string>;

struct Chosen {
  Told told;
  bool by_choice = false;  ///< HR chose this source for this field
  bool silent = false;     ///< HR chose another one, which says nothing
  bool disputed = false;   ///< another source says something else
  friend bool operator==(const Chosen&, const Chosen&) = default;
};

/// By field, for every field about which anything is said.
std::map<std::string, Chosen, std::less<>> choose(const Candidates& candidates,
                                                  const Choices& choices, const SourceOrder& order);

/// Adds `told`; what the same account said about that field before is replaced.
void tell(Candidates& candidates, std::string_view field, Told told);

/// Adds everything that `account` tells about `person`, apart from its ids and the status.
void tell(Candidates& candidates, std::string_view account, const Person& person);

}  // namespace refledger::ingest
