// What is asked of each kind of system and what for, made from the same lists that the clients ask
// with, so that the page for the data protection officer cannot differ from what happens.
#pragma once

#include "desk/accounts/kinds.h"

namespace refledger::accounts {

std::vector<Asked> asked_of_personio(const Connection& connection, const Mapping& mapping);
std::vector<Asked> asked_of_bexio(const Connection& connection, const Mapping& mapping);

}  // namespace refledger::accounts
