// Who works here, as the HR system says at this moment: for interim references.
//
// Shape    Ordered by name.  Nothing of it is kept: the desk remembers of people who work on ids
// and
//          dates alone.
// Errors   As HrSource.
// Threads  Any; waits for a reading that is under way.
// Source   docs/workflow.md, "The draft"
#pragma once

#include <string>
#include <vector>

#include "desk/case/desk.h"

namespace refledger::desk {

struct Colleague {
  std::string person;  ///< the HR system's id
  std::string name;
  std::string position;
  std::string department;
};

Result<std::vector<Colleague>> read_staff(const Desk& desk);

}  // namespace refledger::desk
