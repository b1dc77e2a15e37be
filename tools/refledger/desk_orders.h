// What a desk is asked over its control, as JSON in and JSON out.
//
// Shape    Looking: /cases, /reading, /former, /progress.  Asking: /sync {"full":BOOL,
//          "dry_run":BOOL}, /withdraw {"id":ID}, /words {"case":ID}, /open {"person":ID}, and
//          /order {"case":ID,"order":"hold"|"release"|"arrived"|"done"|"bounced"|"erase"|
//          "confirm-end"|"send"} with {"by":NAME,"end":DATE or ""} or {"by":NAME,"to":ADDRESS} for
//          the last two, /claim and /all-about {"case":ID}, /correct {"case":ID,"urgent":BOOL}.
// Errors   malformed: not such a body; not_found: no such path; else as the desk's
#pragma once

#include <string>

#include "desk/case/desk.h"
#include "ledger/core/json.h"

namespace refledger::tools {

/// Whether the path only looks: GET, without a body.
bool only_looks(const std::string& path);

Result<Json> ask(desk::Desk& desk, const std::string& path, const Json& body);

Json to_json(const desk::SyncReport& report);

}  // namespace refledger::tools
