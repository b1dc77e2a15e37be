// What letters are written and judged by: the rule packs, the words of the checks, the cases on
// absences.  One folder of data, read when the desk starts.
//
// Errors   As those of the three.
#pragma once

#include <filesystem>

#include "ledger/core/result.h"
#include "render/letter/absence.h"
#include "render/letter/lexicon.h"
#include "render/letter/pack.h"

namespace refledger::desk {

struct LetterRules {
  letter::Packs packs;
  letter::Lexicon lexicon;
  letter::AbsenceLaws absences;

  static Result<LetterRules> load(const std::filesystem::path& folder);
};

}  // namespace refledger::desk
