// Connections to other systems: /admin/integrationen, and the same at /admin/integrations.
//
// Secrets  Credentials go from the form into the vault at once; no page ever holds one, and what is
//          typed wrong is typed again.
// Source   docs/web.md
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "desk/accounts/accounts.h"
#include "desk/web/site.h"

namespace refledger::site {

/// One reading of the HR system.
struct SyncNote {
  UtcMillis at;
  std::optional<Error> failed;
  std::size_t people = 0;
  std::size_t leavers = 0;
  std::size_t opened = 0;
  std::size_t unusable = 0;
};

struct ConnectionParts {
  accounts::Accounts* accounts;
  std::string people_account;  ///< whose people are read
  /// Where new accounts of a kind are reached, if the settings say so; else at the kind's own.
  std::map<std::string, std::string, std::less<>> addresses;
  std::function<std::vector<SyncNote>()> syncs;  ///< the newest first
  std::function<void()> read_now;                ///< what changed may be read at once
};

Area connection_area(ConnectionParts parts);

}  // namespace refledger::site
