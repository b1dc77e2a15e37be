// Every sub-command; each is a file of its own beside this one.
#pragma once

#include "tools/refledger/commands/command.h"

namespace refledger::tools {

Command init_command();
Command serve_command();
Command sync_command();
Command leavers_command();
Command issue_command();
Command hold_command();
Command release_command();
Command confirm_end_command();
Command arrived_command();
Command done_command();
Command open_command();
Command value_command();
Command bounced_command();
Command send_command();
Command claim_command();
Command correct_command();
Command erase_command();
Command export_command();
Command withdraw_command();
Command verify_command();
Command rules_command();
Command source_command();
Command log_command();
Command key_command();
Command witness_command();
Command audit_command();

/// In the order in which --help lists them.
const std::vector<Command>& commands();

}  // namespace refledger::tools
