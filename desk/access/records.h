// Sessions and invitations as they are kept in the vault.
//
// Shape    Canonical JSON
// Errors   malformed: anything but what is written here
#pragma once

#include <string>
#include <string_view>

#include "desk/access/access.h"

namespace refledger::access {

Result<std::string> to_text(const Session& session);
Result<Session> session_from(std::string_view text);

Result<std::string> to_text(const Invitation& invitation);
Result<Invitation> invitation_from(std::string_view text);

}  // namespace refledger::access
