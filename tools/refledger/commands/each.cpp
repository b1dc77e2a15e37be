#include "tools/refledger/commands/each.h"

namespace refledger::tools {

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      init_command(),     //
      serve_command(),    //
      sync_command(),     //
      leavers_command(),  //
      hold_command(),     release_command(), confirm_end_command(),
      arrived_command(),  done_command(),    open_command(),
      value_command(),  //
      bounced_command(),  send_command(),    claim_command(),
      correct_command(),  erase_command(),   export_command(),
      issue_command(),     //
      withdraw_command(),  //
      verify_command(),    //
      rules_command(),     //
      source_command(),    //
      key_command(),       //
      log_command(),       //
      witness_command(),   //
      audit_command(),     //
  };
  return all;
}

}  // namespace refledger::tools
