// People without end, for large companies: the same ones for the same number on the same day.
#pragma once

#include <cstddef>

#include "ledger/core/time.h"
#include "tools/personio-sandbox/company.h"

namespace refledger::sandbox {

/// About one in twenty has left, half of those with a confirmation wished for; some are about to.
Values generated_person(std::size_t number, Date today);

}  // namespace refledger::sandbox
