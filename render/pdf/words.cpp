#include "render/pdf/words.h"

#include <array>

namespace refledger::pdf {
namespace {

struct Words {
  std::string_view language;
  std::string_view page;
  std::string_view of;
  std::string_view specimen;
  std::string_view specimen_caption;
};
constexpr std::array<Words, 4> all{{
    {"en", "Page ", " of ", "SPECIMEN",
     "Test document: neither signed nor entered in the register."},
    {"de", "Seite ", " von ", "MUSTER",
     "Testdokument: weder unterzeichnet noch im Verzeichnis eingetragen."},
    {"fr", "Page ", " sur ", "SPÉCIMEN",
     "Document d’essai\u00A0: ni signé, ni inscrit au registre."},
    {"it", "Pagina ", " di ", "ESEMPIO",
     "Documento di prova: né firmato né iscritto nel registro."},
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

std::string specimen_caption(std::string_view language) {
  return std::string(words_in(language).specimen_caption);
}

}  // namespace refledger::pdf
