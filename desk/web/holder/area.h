// From issuing to the holder's hands: HR's page of one reference's ways, and the holders' page,
// where a code and a PIN open the files.  Nobody signs in there.
//
// Order    A code and its PIN are asked for once; the browser that sent them then has the files for
//          half an hour.  What it has is in memory alone.
// Source   docs/workflow.md, "Until the holder has it"
#pragma once

#include <string>

#include "desk/case/desk.h"
#include "desk/web/site.h"

namespace refledger::site {

struct HolderParts {
  desk::Desk* desk;
  std::string verifier;  ///< address of the page that checks documents
};

Area holder_area(HolderParts parts);

}  // namespace refledger::site
