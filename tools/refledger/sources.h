// The orders of `refledger source`, as JSON: what the desk's socket takes, and what a command does
// itself where no desk runs.
//
// Shape    GET /source/list; POST /source/add, set, test, attributes, map, remove, what, company
//          with {"name":NAME, …}
// Secrets  Credentials come in with add and set; no answer and no error holds one.
// Threads  Any.
#pragma once

#include "desk/accounts/accounts.h"
#include "ledger/core/json.h"
#include "tools/refledger/settings.h"

namespace refledger::tools {

class Sources {
 public:
  Sources(accounts::Accounts& accounts, const Settings& settings)
      : accounts_(&accounts), settings_(&settings) {}

  static bool serves(std::string_view path) { return path.starts_with("/source/"); }
  Result<Json> answer(std::string_view path, const Json& body);

 private:
  Result<Json> list() const;
  Result<Json> add(const Json& body);
  Result<Json> set(const Json& body);
  Result<Json> test(const Json& body);
  Result<Json> attributes(const Json& body);
  Result<Json> map(const Json& body);
  Result<Json> remove(const Json& body);
  Result<Json> what(const Json& body) const;
  Result<Json> company(const Json& body);

  accounts::Accounts* accounts_;
  const Settings* settings_;
};

}  // namespace refledger::tools
