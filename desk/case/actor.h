// Who acts at the desk: a person by an id that never changes, with what the person may do.
//
// Order    Pure.  Asked by the case layer itself, whatever a page has asked before.
// Errors   refused
// Source   docs/workflow.md, "Who may do what"
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "ledger/core/result.h"

namespace refledger::desk {

enum class Role { clerk, approver, signatory, administrator, auditor };
const char* name_of(Role role);

struct Actor {
  std::string id;    ///< of the user; decides who somebody is
  std::string name;  ///< as it stands beside what the person typed
  std::set<Role> roles;
};

enum class Right {
  look,     ///< every role
  write,    ///< drafts, decisions on findings, holding and releasing, interim references
  approve,  ///< what others wrote
  issue,    ///< without anybody's approval, where the issuer asks for none
};

bool may(const Actor& actor, Right right);
Result<void> need(const Actor& actor, Right right);

}  // namespace refledger::desk
