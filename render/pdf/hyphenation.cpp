#include "render/pdf/hyphenation.h"

#include <array>

namespace refledger::pdf {
namespace {

constexpr std::size_t least_word = 7;
constexpr std::size_t longest_word = 60;
constexpr std::size_t least_part = 3;     // of a word
constexpr std::size_t least_of_part = 2;  // of a compound's part

constexpr char32_t last_latin = 0x24F;

// One file serves German everywhere: its patterns know ss beside ß.
constexpr std::array<std::pair<const char*, const char*>, 4> files{{
    {"de", "hyph_de_DE.dic"},
    {"fr", "hyph_fr.dic"},
    {"it", "hyph_it_IT.dic"},
    {"en", "hyph_en_GB.dic"},
}};

// Latin and no more: what else stands in a letter is a name.
char32_t lower(char32_t letter) {
  const bool ascii = letter >= 'A' && letter <= 'Z';
  const bool latin = letter >= 0xC0 && letter <= 0xDE && letter != 0xD7;
  return ascii || latin ? letter + 0x20 : letter;
}

}  // namespace

Result<Hyphenation> Hyphenation::load(const std::filesystem::path& folder) {
  Hyphenation loaded;
  for (const auto& [language, file] : files) {
    Result<Patterns> patterns = read_patterns(folder / file);
    if (!patterns) return patterns.error();
    loaded.by_language_.emplace(language, std::move(*patterns));
  }
  return loaded;
}

std::vector<std::size_t> Hyphenation::points(std::u32string_view word,
                                             std::string_view locale) const {
  const auto found = by_language_.find(locale.substr(0, locale.find('-')));
  if (found == by_language_.end()) return {};
  if (word.size() < least_word || word.size() > longest_word) return {};
  std::u32string letters;
  for (const char32_t letter : word) {
    if (letter > last_latin) return {};  // a mark, or another script
    letters += lower(letter);
  }
  std::vector<std::size_t> joints = found->second.joints.points(letters);
  joints.push_back(letters.size());
  std::vector<std::size_t> points;
  const auto add = [&](std::size_t point) {
    if (point >= least_part && point + least_part <= letters.size()) points.push_back(point);
  };
  std::size_t begin = 0;
  for (const std::size_t end : joints) {
    const std::u32string_view part(letters.data() + begin, end - begin);
    for (const std::size_t point : found->second.syllables.points(part)) {
      const bool inside = point >= least_of_part && point + least_of_part <= part.size();
      if (inside) add(begin + point);
    }
    if (end < letters.size()) add(end);
    begin = end;
  }
  return points;
}

}  // namespace refledger::pdf
