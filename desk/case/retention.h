// How long the file on a reference is kept.
//
// Order    Pure.
// Source   the rule packs' retention; docs/workflow.md, "How long it is kept"
#pragma once

#include <optional>
#include <string>

#include "desk/case/case.h"
#include "render/letter/pack.h"

namespace refledger::desk {

/// The first day on which nothing about the case is kept any more.  `type`: as the packs name it;
/// `years`: instead of the pack's.  Nothing where no pack says: HR decides.
std::optional<Date> retention_end(const Facts& facts, const std::string& type,
                                  const letter::Packs& packs, std::optional<unsigned> years);

}  // namespace refledger::desk
