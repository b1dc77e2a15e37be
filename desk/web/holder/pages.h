// The routes of the holder area, by subject.
#pragma once

#include <memory>

#include "desk/web/holder/area.h"
#include "desk/web/holder/grants.h"

namespace refledger::site {

struct HolderShared {
  HolderParts parts;
  Grants grants;
  Guesses guesses;
};
using SharedHolder = std::shared_ptr<HolderShared>;

void add_fetching(Area& area, const SharedHolder& shared);  ///< the holders' own page
void add_reading(Area& area, const SharedHolder& shared);   ///< the draft, for the person
void add_handing(Area& area, const SharedHolder& shared);   ///< HR's side of it

}  // namespace refledger::site
