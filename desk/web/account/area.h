// Signing in and out, one's own account, everybody's accounts, the audit log.
//
// Secrets  Tokens are in links that work once; a new session's token is in its cookie alone.
// Source   docs/accounts.md
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "desk/web/site.h"

namespace refledger::site {

struct AccountParts {
  access::Access* access;
  audit::Audit* audit;
  Random* random;
  std::string setup_token;  ///< of the link that makes the first administrator; may be empty
  std::function<std::string(const Context&)> start;  ///< where one comes to after signing in
};

Area account_area(AccountParts parts);

}  // namespace refledger::site
