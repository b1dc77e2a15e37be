// Where the Python scripts beside these tests are.
#pragma once

#include <string>

namespace refledger::delivery {

inline std::string script(const std::string& name) {
  return std::string(REFLEDGER_VECTORS) + "/../desk/delivery/" + name;
}

}  // namespace refledger::delivery
