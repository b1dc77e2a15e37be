// What an operator reads: one JSON object a line on standard error.  Never a person's data, never a
// secret: callers pass counts, names of steps and faults.
#pragma once

#include <string_view>

#include "ledger/core/json.h"
#include "ledger/core/time.h"

namespace refledger::tools {

class Journal {
 public:
  Journal(std::string_view process, const Clock& clock) : process_(process), clock_(&clock) {}
  void write(std::string_view event, Json fields = Json::object()) const;
  void fault(std::string_view event, const Error& error) const;

 private:
  std::string process_;
  const Clock* clock_;
};

}  // namespace refledger::tools
