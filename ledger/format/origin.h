// The names of a log: its first one, and one for each epoch after.
//
// Shape    NAME, NAME/epoch-2, NAME/epoch-3, ... up to 999
// Source   docs/ledger.md, "Epochs"
#pragma once

#include <string>
#include <string_view>

namespace refledger::format {

constexpr unsigned kMaxEpoch = 999;

/// The name of `epoch`, 1 being the first, of the log that was first called `name`.
std::string origin_of_epoch(std::string_view name, unsigned epoch);

/// Whether `earlier` is `origin` itself or the same log's name in an epoch before.
bool is_same_log(std::string_view earlier, std::string_view origin);

}  // namespace refledger::format
