// The first start in the browser: the company, the public address, the first administrator.
//
// Order    Only with the link that `refledger serve` prints, and only until there is an
//          administrator.  The settings are kept before the administrator is made: an interrupted
//          setup is simply done again.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "desk/web/site.h"

namespace refledger::site {

struct SetupParts {
  access::Access* access;
  std::string token;
  /// Keeps what was said, by the keys of refledger.conf.  malformed, its detail beginning with the
  /// key, where it cannot be so.
  std::function<Result<void>(const std::map<std::string, std::string>&)> keep;
  std::string public_address;  ///< proposed
  std::function<void()> done;
};

Area setup_area(SetupParts parts);

}  // namespace refledger::site
