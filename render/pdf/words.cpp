#include "render/pdf/words.h"

#include <array>

namespace refledger::pdf {
namespace {

struct Words {
  std::string_view language;
  std::string_view page;
  std::string_view of;
  std::string_view specimen;
};
constexpr std::array<Words, 4> all{{
    {"en", "Page ", " of ", "SPECIMEN"},
    {"de", "Seite ", " von ", "MUSTER"},
    {"fr", "Page ", " sur ", "SPÉCIMEN"},
    {"it", "Pagina ", " di ", "ESEMPIO"},
}};

const Words& words_in(std::string_view language) {
  for (const Words& words : all) {
    if (words.language == language) return words;
  }
  return all.front();
}

}  // namespace

std::string page_number(std::string_view language, std::size_t page, std::size_t pages) {
  const Words& words = words_in(language);
  return std::string(words.page) + std::to_string(page) + std::string(words.of) +
         std::to_string(pages);
}

std::string specimen_word(std::string_view language) {
  return std::string(words_in(language).specimen);
}

}  // namespace refledger::pdf
