// What an issuer asks for beyond the law: who has to agree, and by when a reference is to be ready.
//
// Units    Calendar days.
// Source   docs/workflow.md, "Two people" and "Due"
#pragma once

#include <map>
#include <set>
#include <string>

#include "render/letter/reference.h"

namespace refledger::desk {

using TextBlocks = std::map<std::string, std::string>;  ///< by name (usual.h)

struct CasePolicy {
  /// Types that a second person has to approve: "CH.full_final", "full_final" in any country, or
  /// "*" for all that HR writes.
  std::set<std::string> four_eyes = {};
  letter::SigningMode signing = letter::SigningMode::company_seal;  ///< of a draft, to begin with
  unsigned due_days = 0;       ///< after the last day of employment
  unsigned interim_days = 14;  ///< after an interim reference was begun

  bool needs_two(const std::string& country, const std::string& type) const {
    return four_eyes.count("*") > 0 || four_eyes.count(type) > 0 ||
           four_eyes.count(country + "." + type) > 0;
  }
};

}  // namespace refledger::desk
