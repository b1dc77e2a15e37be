// Which forms were sent already, so that a second click or the Back button does nothing twice.
//
// Shape    Vault items of kind "posted", found by an index of session and form token, which hold
//          where the first one led; kept for a day.
// Order    begin() notes the form before anything is done: of two that come at once, one is first.
// Threads  Any.
#pragma once

#include <string>
#include <string_view>

#include "desk/vault/vault.h"
#include "ledger/core/time.h"

namespace refledger::site {

class Posted {
 public:
  explicit Posted(vault::Vault& vault) : vault_(&vault) {}

  struct Begun {
    bool first = false;
    vault::ItemId item{};    ///< if first
    std::string location{};  ///< where the first one led; empty while it is being worked on
  };
  Result<Begun> begin(std::string_view session, std::string_view token, UtcMillis now);
  Result<void> done(const vault::ItemId& item, std::string_view location, UtcMillis now);
  /// Forgets what is older than a day.
  Result<void> tidy(UtcMillis now);

 private:
  vault::Vault* vault_;
};

}  // namespace refledger::site
