// Everything that the sandbox's two faces, the API and the control path, work on.
//
// Threads  One at a time; Sandbox sees to it.
#pragma once

#include <set>
#include <string>

#include "http/message.h"
#include "ledger/core/random.h"
#include "ledger/core/time.h"
#include "tools/personio-sandbox/company.h"
#include "tools/personio-sandbox/faults.h"
#include "tools/personio-sandbox/local_time.h"
#include "tools/personio-sandbox/request_log.h"
#include "tools/personio-sandbox/tokens.h"

namespace refledger::sandbox {

struct World {
  std::string client_id;
  std::string client_secret;
  Company company;
  LocalTime local;
  std::set<std::string> permitted;  ///< the attributes ticked on the API credential
  const Clock& clock;
  Random& random;
  Tokens tokens;
  Faults faults;
  RequestLog log;

  /// The day by which Personio judges: it flips the status at midnight UTC.
  Date utc_today() const { return Date{std::chrono::floor<std::chrono::days>(clock.now())}; }
};

http::Response json_answer(unsigned status, const Json& body);

}  // namespace refledger::sandbox
