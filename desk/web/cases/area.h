// The pages on which references come about: leavers, cases, the wizard, approval, issuing.
//
// Order    What somebody may do is decided by desk/case; the pages only do not offer the rest.
// Source   docs/desk.md
#pragma once

#include "desk/case/drafting.h"
#include "desk/web/site.h"

namespace refledger::site {

struct CaseParts {
  desk::Desk* desk;
  const desk::IssuerSettings* issuer;  ///< as the desk has it
  Random* random;
};

Area case_area(CaseParts parts);

}  // namespace refledger::site
