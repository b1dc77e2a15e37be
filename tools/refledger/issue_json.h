// What became of an order, as the desk tells it to the command line.
#pragma once

#include "desk/case/issued.h"
#include "ledger/core/json.h"

namespace refledger::tools {

Json to_json(const desk::Issued& issued);

/// For people: findings with reason and source in `language`, then how far it came.
std::string issued_text(const Json& answer, const std::string& language);

}  // namespace refledger::tools
