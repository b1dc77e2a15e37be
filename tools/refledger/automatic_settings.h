// What happens by itself, as the settings file says it.
//
// Shape    automatic[.COUNTRY[.TYPE]] = off | draft | issue, and under each of these names
//          .days_ahead, .hold_hours and .fixed_term = ask | take; automatic.look_back_days.
//          COUNTRY is two capital letters, TYPE one of the rule packs' types.
// Errors   malformed, naming the key
// Source   docs/operations.md, "What happens by itself"
#pragma once

#include <map>
#include <string>

#include "ingest/watch/rules.h"
#include "ledger/core/result.h"

namespace refledger::tools {

struct AutomaticSettings {
  ingest::AutomaticRules rules;
  unsigned look_back_days = 0;
};

/// `values`: every key of the file that is "automatic" or begins with "automatic.".
Result<AutomaticSettings> parse_automatic(const std::map<std::string, std::string>& values);

}  // namespace refledger::tools
