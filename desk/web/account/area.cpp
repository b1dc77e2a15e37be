#include "desk/web/account/area.h"

#include "desk/web/account/pages.h"

namespace refledger::site {

Area account_area(AccountParts parts) {
  Area area;
  const auto shared = std::make_shared<const AccountParts>(std::move(parts));
  add_entrance(area, shared);
  add_profile(area, shared);
  add_people(area, shared);
  add_log(area, shared);
  return area;
}

}  // namespace refledger::site
