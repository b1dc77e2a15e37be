// People without end, for large companies: the same ones for the same number on the same day.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "ledger/core/time.h"
#include "tools/personio-sandbox/catalogue.h"
#include "tools/personio-sandbox/company.h"

namespace refledger::sandbox {

/// About one in twenty has left, half of those with a confirmation wished for; some are about to.
Values generated_person(std::size_t number, Date today);

/// Every department, office and company that they are in.
std::vector<std::pair<Kind, std::string>> units_of_crowd();

}  // namespace refledger::sandbox
