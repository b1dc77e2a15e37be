// An answer before it is written down, so that a planned fault can still spoil it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/core/json.h"

namespace refledger::sandbox {

struct Reply {
  unsigned status = 200;
  Json body;  ///< null: the answer has none
  std::string_view type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers = {};
};

}  // namespace refledger::sandbox
