// Each pack, type and language on paper: the file's text is the letter's, which its golden file
// holds (tests/vectors/letter), and nothing is lost between the two.
#include <filesystem>

#include "ledger/core/file.h"
#include "support/extracted.h"
#include "support/letters.h"

namespace refledger::pdf {
namespace {

using namespace std::chrono;

Document document_for(const letter::Reference& reference) {
  Document document = test::document_of(reference);
  document.letterhead.name = reference.employer;
  document.signing = reference.signing;
  return document;
}

// REFLEDGER_WRITE_PAGES=FOLDER keeps the files, to be looked at.
void keep(const std::string& name, const Bytes& file) {
  const char* folder = std::getenv("REFLEDGER_WRITE_PAGES");
  if (folder == nullptr) return;
  EXPECT_TRUE(write_file(std::filesystem::path(folder) / (name + ".pdf"), file));
}

// What a page has of the letter itself: no page is left to the signatures alone.
std::string before_closing(const test::PageText& page, const letter::Letter& letter) {
  std::string text;
  for (const auto& [number, part] : page.by_number) {
    if (part == letter.place_and_date) break;
    text += part;
  }
  return text;
}

TEST(Letters, StandOnPaperAsTheyAreComposed) {
  const letter::Packs packs = test::packs();
  for (const char* country : {"CH", "DE", "AT", "FR", "IT", "NL", "GB"}) {
    const letter::Pack& pack = **packs.find(country, 2026y / September / 30);
    for (const auto& [id, type] : pack.types) {
      for (const char* language : {"de", "fr", "it", "en"}) {
        const std::string name = std::string(country) + "-" + id + "-" + language;
        SCOPED_TRACE(name);
        const Document document = document_for(test::reference_of(pack, type, language));
        EXPECT_TRUE(
            test::vector_file("letter/" + name + ".txt").starts_with(document.letter.text()));
        const Result<Prepared> made = render(document, test::fonts());
        ASSERT_TRUE(made.has_value()) << made.error().detail;
        keep(name, made->file);
        QPDF pdf;
        pdf.processMemoryFile("file", reinterpret_cast<const char*>(made->file.data()),
                              made->file.size());
        const test::Reading reading(pdf);
        EXPECT_TRUE(reading.text().ends_with(test::said_on_paper(document))) << reading.text();
        EXPECT_LE(reading.pages().size(), 2u);
        if (reading.pages().size() > 1) {
          EXPECT_GT(before_closing(reading.pages().back(), document.letter).size(), 150u);
        }
      }
    }
  }
}

}  // namespace
}  // namespace refledger::pdf
