// Everything that the sandbox's faces work on: Personio v1 and v2, bexio, and the control path.
//
// Threads  One at a time; Sandbox sees to it.
#pragma once

#include <map>
#include <set>
#include <string>

#include "http/message.h"
#include "ledger/core/random.h"
#include "ledger/core/time.h"
#include "tools/personio-sandbox/absences.h"
#include "tools/personio-sandbox/company.h"
#include "tools/personio-sandbox/faults.h"
#include "tools/personio-sandbox/limits.h"
#include "tools/personio-sandbox/local_time.h"
#include "tools/personio-sandbox/reply.h"
#include "tools/personio-sandbox/request_log.h"
#include "tools/personio-sandbox/tokens.h"
#include "tools/personio-sandbox/webhooks.h"

namespace refledger::sandbox {

enum class Links { absolute, relative };

struct World {
  std::string client_id;
  std::string client_secret;
  std::string bexio_token;
  Company company;
  Absences absences;
  LocalTime local;
  std::set<std::string> permitted;  ///< the attributes ticked on the API credential
  std::set<std::string> scopes;     ///< what it may read at all
  const Clock& clock;
  Random& random;
  Limits limits;
  Json bexio_profile;
  Tokens tokens_v1 = {};
  Tokens tokens_v2 = {};
  Faults faults = {};
  RequestLog log = {};
  std::map<std::string, std::string> last_query = {};  ///< of each path that has no id in it
  Webhooks webhooks = {};
  Links links = Links::absolute;
  /// Whether a change of an employment moves the person's updated_at; Personio does not say.
  bool employment_touches_person = true;

  UtcMillis now() const { return clock.now(); }
  /// The day by which Personio judges: it flips the status at midnight UTC.
  Date utc_today() const { return Date{std::chrono::floor<std::chrono::days>(clock.now())}; }
};

/// The rights that a credential can have; all of them are given at first.
inline constexpr auto kScopes = std::to_array<std::string_view>(
    {"employees:read", "absences:read", "personio:persons:read", "personio:employments:read",
     "personio:absences:read", "personio:legal-entities:read", "personio:org-units:read",
     "personio:webhooks:read"});

http::Response json_answer(unsigned status, const Json& body);

}  // namespace refledger::sandbox
