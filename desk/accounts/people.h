// The HR system that a desk reads: whichever account has that name at the time of the call.
//
// Order    An account that was changed is opened anew with the next call; until then its token and
//          its place in the limits are kept.
// Errors   as HrSource; not_found or refused where the account is missing or inactive; storage from
//          noting that it fails
// Threads  One call at a time.
#pragma once

#include <memory>
#include <string>

#include "desk/accounts/accounts.h"

namespace refledger::accounts {

std::unique_ptr<ingest::HrSource> people_of(Accounts& accounts, std::string name);

}  // namespace refledger::accounts
