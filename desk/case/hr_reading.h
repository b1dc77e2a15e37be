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

  bool tells_the_same_as(const HrReading& other) const {
    return unusable == other.unusable && not_delivered == other.not_delivered;
  }
};

Json to_json(const HrReading& reading);
Result<HrReading> hr_reading_from_json(std::string_view canonical_text);

}  // namespace refledger::desk
