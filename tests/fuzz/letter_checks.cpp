// Any text in any section is checked to the end, and every finding stands on code point borders;
// a lexicon from outside is read or refused.
#include <cstdlib>

#include "ledger/core/bytes.h"
#include "render/letter/checks.h"

namespace {

using namespace refledger;
using namespace refledger::letter;

const Lexicon& lexicon() {
  static const Lexicon loaded = *Lexicon::load(REFLEDGER_RULES);
  return loaded;
}

const Pack& pack() {
  static const Packs packs = *Packs::load(REFLEDGER_RULES);
  using namespace std::chrono;
  return **packs.find("CH", 2026y / October / 2);
}

bool is_border(const std::string& text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

void check_text(std::string_view text, std::uint8_t choice) {
  static constexpr const char* kLanguages[] = {"de", "fr", "it", "en"};
  static constexpr const char* kSections[] = {"performance", "conduct", "tasks-2", "closing"};
  using namespace std::chrono;
  Reference reference;
  reference.type = "full_final";
  reference.employer = std::string(text.substr(0, 8));
  reference.employed_from = 2020y / January / 1;
  reference.employed_to = 2026y / January / 1;
  reference.document_date = 2026y / January / 2;
  Letter letter;
  letter.language = kLanguages[choice & 3];
  letter.sections.push_back({kSections[choice >> 2 & 3], {std::string(text)}, false});
  const std::string whole = letter.sections.front().text();
  for (const Finding& one : check(reference, letter, pack(), lexicon())) {
    if (one.begin + one.length > whole.size()) std::abort();
    const bool valid = folded(whole).size() > 0;  // only UTF-8 has borders
    if (valid && !(is_border(whole, one.begin) && is_border(whole, one.begin + one.length))) {
      std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  if (size == 0) return 0;
  check_text(text.substr(1), data[0]);
  if (const auto pattern = Pattern::parse(text)) {
    const std::vector<Word> words = words_of(text);
    for (const Span& span : matches_of({*pattern}, words)) {
      if (span.count == 0 || span.first + span.count > words.size()) std::abort();
    }
  }
  (void)AbsenceLaws::from_json(text).has_value();
  (void)Lexicon::from_json(text, {}).has_value();
  return 0;
}
