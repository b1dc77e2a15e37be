// The desk's answers as text for a terminal.
#pragma once

#include <string>
#include <vector>

#include "ledger/core/json.h"

namespace refledger::tools {

using Row = std::vector<std::string>;

/// Columns as wide as their widest cell.
std::string table(const std::vector<Row>& rows);

std::string sync_table(const Json& report);
std::string cases_table(const Json& cases);
std::string former_table(const Json& people);
/// Who says what about a case; what counts is marked.
std::string words_table(const Json& words);
std::string ordered_table(const Json& answer);
/// Whom the HR system told of in a way that cannot be used; nothing where there is nobody.
std::string reading_table(const Json& reading);
std::string withdrawn_table(const Json& answer);

}  // namespace refledger::tools
