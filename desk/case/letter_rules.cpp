#include "desk/case/letter_rules.h"

namespace refledger::desk {

Result<LetterRules> LetterRules::load(const std::filesystem::path& folder) {
  auto packs = letter::Packs::load(folder);
  if (!packs) return packs.error();
  auto lexicon = letter::Lexicon::load(folder);
  if (!lexicon) return lexicon.error();
  auto absences = letter::AbsenceLaws::load(folder);
  if (!absences) return absences.error();
  return LetterRules{std::move(*packs), std::move(*lexicon), std::move(*absences)};
}

}  // namespace refledger::desk
