// What HR decided about one case: whether it may go, which end is right, whose word counts.
//
// Shape    A part of the case record.
// Errors   malformed: anything but what to_json writes
// Source   docs/workflow.md, "What HR decides"
#pragma once

#include <map>
#include <optional>
#include <string>

#include "ledger/core/json.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::desk {

enum class Go {
  by_rule,   ///< as the issuer's automatic rule says
  stopped,   ///< nothing is issued until HR releases it
  released,  ///< HR has seen the draft: it is issued once the employment is over
};
const char* name_of(Go go);

/// A fixed term's end that HR confirmed to be the end of the employment.
struct ConfirmedEnd {
  std::string end;
  std::string term;  ///< what the HR system said then; another term needs another confirmation
  std::string by;
  UtcMillis at{};
  friend bool operator==(const ConfirmedEnd&, const ConfirmedEnd&) = default;
};

/// A value that a person of HR typed because the HR system has it wrong or not at all.
struct Typed {
  std::string value;
  std::string by;
  std::string reason;
  UtcMillis at{};
  friend bool operator==(const Typed&, const Typed&) = default;
};

struct Decisions {
  Go go = Go::by_rule;
  bool opened_by_hand = false;  ///< for a former employee: nothing happens by itself
  bool recheck = false;         ///< decided since the person was last read
  std::optional<ConfirmedEnd> confirmed_end = {};
  std::map<std::string, Typed> typed = {};          ///< by field
  std::map<std::string, std::string> choices = {};  ///< by field: the account whose word counts
  std::map<std::string, std::string> settled = {};  ///< changes after issuing that HR dealt with
  friend bool operator==(const Decisions&, const Decisions&) = default;
};

Json to_json(const Decisions& decisions);
Result<Decisions> decisions_from_json(const Json& object);

}  // namespace refledger::desk
