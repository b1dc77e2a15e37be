// The desk's orders about references that HR writes, as the control socket takes them.
//
// Shape    /issue {"order":TEXT,"mode":"company-seal"|"qualified"|"by-hand","chain":PEM or ""};
//          /issue/test {"order":TEXT}; /issue/assemble {"case":ID,"signature":BASE64};
//          /issue/register {"case":ID,"by":NAME}; /issue/handed-out {"case":ID}
#pragma once

#include "desk/case/desk.h"
#include "ledger/core/json.h"

namespace refledger::tools {

Result<Json> issue_by(desk::Desk& desk, const std::string& path, const Json& body);

}  // namespace refledger::tools
