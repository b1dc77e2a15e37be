// What the last reading of the HR system could not read, kept until a reading tells otherwise.
//
// Shape    Canonical JSON, one vault item of kind "reading", found by issuer and account.
// Errors   malformed: anything but what to_json writes
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/json.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::desk {

struct HrReading {
  std::vector<std::string> unusable;       ///< as People::unusable
  std::vector<std::string> not_delivered;  ///< as People::not_delivered
  std::optional<UtcMillis> since;          ///< the first reading that told this
  /// What was delivered until then and no longer is, as far as HR is still to be told by mail.
  std::vector<std::string> lost = {};

  bool tells_the_same_as(const HrReading& other) const {
    return unusable == other.unusable && not_delivered == other.not_delivered && lost == other.lost;
  }
};

/// What `before` delivered and `fresh` does not; nothing where `before` is no reading.
std::vector<std::string> lost_between(const HrReading& before, const HrReading& fresh);

Json to_json(const HrReading& reading);
Result<HrReading> hr_reading_from_json(std::string_view canonical_text);

}  // namespace refledger::desk
