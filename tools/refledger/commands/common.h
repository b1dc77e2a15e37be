// What the sub-commands share: how a fault becomes an exit code, and how the desk is asked.
#pragma once

#include "ledger/core/json.h"
#include "tools/refledger/arguments.h"
#include "tools/refledger/settings.h"

namespace refledger::tools {

/// Both say on standard error what is wrong and return the exit code.
int wrong_use(const Error& error);
int failed(const Error& error);

/// The settings that `--config` names, or those in /etc.
Result<Settings> settings_of(const Arguments& arguments);

/// Who is logged in, as the machine knows them.
std::string login_name();

/// Asks the desk (by its socket, or by opening the stores) and prints its answer: as JSON with
/// --json, else as the table that `to_table` makes of it.
int ask_desk(const Arguments& arguments, const std::string& path, const Json& body,
             std::string (*to_table)(const Json&));

}  // namespace refledger::tools
