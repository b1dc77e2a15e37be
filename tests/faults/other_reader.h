// A ledger after a fault, served by the public endpoint and read over HTTP with another project's
// library (tests/tlog).
#pragma once

#include <filesystem>
#include <string>

namespace refledger::test {

/// Nothing if that reader finds the checkpoint signed, and every entry, tile, inclusion and
/// consistency proof right.  Else what it says.
std::string wrong_by_other_reader(const std::filesystem::path& folder);

}  // namespace refledger::test
