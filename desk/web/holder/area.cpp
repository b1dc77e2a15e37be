#include "desk/web/holder/area.h"

#include "desk/web/holder/pages.h"

namespace refledger::site {

Area holder_area(HolderParts parts) {
  auto shared = std::make_shared<HolderShared>();
  shared->parts = std::move(parts);
  Area area;
  add_fetching(area, shared);
  add_reading(area, shared);
  add_handing(area, shared);
  return area;
}

}  // namespace refledger::site
