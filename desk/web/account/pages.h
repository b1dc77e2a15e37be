// The routes of the account area, by subject.
#pragma once

#include <memory>

#include "desk/web/account/area.h"

namespace refledger::site {

using SharedAccountParts = std::shared_ptr<const AccountParts>;

void add_entrance(Area& area, const SharedAccountParts& parts);  ///< sign in, out, invitations
void add_profile(Area& area, const SharedAccountParts& parts);   ///< one's own account
void add_people(Area& area, const SharedAccountParts& parts);    ///< everybody's accounts
void add_log(Area& area, const SharedAccountParts& parts);       ///< the audit log

access::Caller caller_of(const Context& context);

}  // namespace refledger::site
