#include "desk/case/actor.h"

#include <algorithm>
#include <cstdlib>

namespace refledger::desk {
namespace {

bool has_any(const Actor& actor, std::initializer_list<Role> roles) {
  return std::any_of(roles.begin(), roles.end(),
                     [&](Role role) { return actor.roles.count(role) > 0; });
}

}  // namespace

const char* name_of(Role role) {
  switch (role) {
    case Role::clerk:
      return "clerk";
    case Role::approver:
      return "approver";
    case Role::signatory:
      return "signatory";
    case Role::administrator:
      return "administrator";
    case Role::auditor:
      return "auditor";
  }
  std::abort();
}

bool may(const Actor& actor, Right right) {
  if (actor.id.empty()) return false;
  switch (right) {
    case Right::look:
      return !actor.roles.empty();
    case Right::write:
      return has_any(actor, {Role::clerk, Role::approver, Role::signatory});
    case Right::approve:
    case Right::issue:
      return has_any(actor, {Role::approver, Role::signatory});
  }
  std::abort();
}

Result<void> need(const Actor& actor, Right right) {
  if (may(actor, right)) return {};
  return Error{Fault::refused, "your role does not allow this"};
}

}  // namespace refledger::desk
