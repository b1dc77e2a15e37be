// The rule packs as they are shown: every rule beside its source.
#pragma once

#include "ledger/core/json.h"
#include "render/letter/pack.h"

namespace refledger::tools {

Json to_json(const letter::Pack& pack);

std::string rules_text(const Json& packs);

}  // namespace refledger::tools
