#include "desk/web/cases/area.h"

#include "desk/web/cases/pages.h"

namespace refledger::site {

Area case_area(CaseParts parts) {
  const auto pages = std::make_shared<CasePages>(std::move(parts));
  Area area;
  area.menu.push_back({"/leavers", "cases.menu", kReaders, "/cases"});
  add_board(area, pages);
  add_begin(area, pages);
  add_case(area, pages);
  add_wizard(area, pages);
  add_approval(area, pages);
  add_signature(area, pages);
  add_hearing(area, pages);
  return area;
}

}  // namespace refledger::site
