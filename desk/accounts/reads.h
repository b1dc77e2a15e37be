// What is asked of each kind of system and what for.
//
// Source   bexio and Personio v1: the lists that the clients ask with.  Personio v2 cannot be asked
//          for single fields: here stands what is kept of its answers, and tests/e2e compares the
//          requests with those that are made.
#pragma once

#include "desk/accounts/kinds.h"

namespace refledger::accounts {

std::vector<Asked> asked_of_personio(std::string_view api, const Mapping& mapping);
std::vector<Asked> asked_of_bexio(std::string_view api, const Mapping& mapping);

}  // namespace refledger::accounts
