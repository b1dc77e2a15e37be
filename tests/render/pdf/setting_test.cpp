// How a letter is set: lines that keep to their measure and come out even, words divided where the
// language divides them, and pages that part nothing that belongs together.
#include <gtest/gtest.h>

#include <map>

#include "render/pdf/column.h"
#include "render/pdf/fonts.h"
#include "render/pdf/layout.h"
#include "render/pdf/typesetter.h"
#include "support/letters.h"

namespace refledger::pdf {
namespace {

using namespace std::chrono;

const Setting body{Style::regular, 10.5, 16, ink};
const Face& face() { return test::fonts().state().faces.at(Style::regular); }
const Hyphenation& patterns() { return test::fonts().state().hyphenation; }

std::u32string text_of_line(const Glyphs& line) {
  std::u32string text;
  for (const Glyph& glyph : line) text += glyph.text;
  return text;
}

// Without the space that a line keeps at its end.
double visible_width(Glyphs line) {
  if (!line.empty() && line.back().text == U" ") line.pop_back();
  return width_at(line, body.size);
}

std::vector<Glyphs> lines_of(std::string_view text, double width, const Division& division = {}) {
  return break_lines(face().shape(text), face(), body.size, width, division);
}

/// Every paragraph of a full reference in each language.
std::vector<std::pair<std::string, std::string>> paragraphs() {
  std::vector<std::pair<std::string, std::string>> all;
  for (const std::string language : {"de", "fr", "it", "en"}) {
    const letter::Pack& pack = **test::rules().find("CH", Date{2026y / September / 30});
    const letter::Reference full = test::reference_of(pack, pack.types.at("full_final"), language);
    const letter::Letter letter = *letter::compose(full, test::rules());
    for (const letter::Section& section : letter.sections) {
      for (const std::string& paragraph : section.paragraphs) {
        all.emplace_back(letter.locale, paragraph);
      }
    }
  }
  return all;
}

// ---- lines --------------------------------------------------------------------------------------

TEST(Lines, KeepToTheirMeasureAndLoseNothing) {
  std::size_t divided = 0;
  for (const auto& [locale, paragraph] : paragraphs()) {
    for (const double width : {measure, 200.0, 90.0}) {
      std::u32string whole;
      for (const Glyphs& line : lines_of(paragraph, width, {&patterns(), locale, nullptr})) {
        EXPECT_LE(visible_width(line), width + 0.001) << paragraph;
        std::u32string text = text_of_line(line);
        if (text.ends_with(U'\u00AD')) {
          text.pop_back();
          ++divided;
        }
        whole += text;
      }
      EXPECT_EQ(whole, characters_of(paragraph));
    }
  }
  EXPECT_GT(divided, 20u);
}

// As wide as its letters stand alone it would need two lines.
TEST(Lines, AreMeasuredAsTheyAreKerned) {
  const Glyphs shaped = face().shape("AVATAR WAVE TOTAL YAWL");
  double alone = 0;
  for (const Glyph& glyph : shaped) alone += glyph.width * body.size / 1000;
  const double kerned = width_at(shaped, body.size);
  ASSERT_LT(kerned, alone - 1);
  EXPECT_EQ(break_lines(shaped, face(), body.size, (kerned + alone) / 2, {}).size(), 1u);
  EXPECT_EQ(break_lines(shaped, face(), body.size, kerned - 1, {}).size(), 2u);
}

// How uneven the right edge is, but for the last line.
double raggedness(const std::vector<double>& widths, double width) {
  double sum = 0;
  for (std::size_t at = 0; at + 1 < widths.size(); ++at) {
    sum += (1 - widths[at] / width) * (1 - widths[at] / width);
  }
  return sum;
}

// Each line as full as it gets, one after the other, at spaces.
std::vector<double> line_by_line(std::string_view text, double width) {
  std::vector<double> widths;
  const Glyphs shaped = face().shape(text);
  Glyphs line;
  for (std::size_t begin = 0; begin < shaped.size();) {
    std::size_t end = begin;
    while (end < shaped.size() && shaped[end].text != U" ") ++end;
    end = std::min(end + 1, shaped.size());
    Glyphs longer = line;
    longer.insert(longer.end(), shaped.begin() + static_cast<std::ptrdiff_t>(begin),
                  shaped.begin() + static_cast<std::ptrdiff_t>(end));
    if (visible_width(longer) > width) {
      widths.push_back(visible_width(line));
      line.clear();
      continue;
    }
    line = std::move(longer);
    begin = end;
  }
  widths.push_back(visible_width(line));
  return widths;
}

TEST(Lines, AreMoreEvenThanOneFilledAfterTheOther) {
  double ours = 0;
  double simple = 0;
  for (const auto& [locale, paragraph] : paragraphs()) {
    for (double width = 180; width < 300; width += 20) {
      std::vector<double> widths;
      for (const Glyphs& line : lines_of(paragraph, width)) widths.push_back(visible_width(line));
      ours += raggedness(widths, width);
      simple += raggedness(line_by_line(paragraph, width), width);
    }
  }
  EXPECT_LT(ours, simple) << "though some places are not open to us";
}

TEST(Lines, DivideWordsOnlyWhereTheLanguageDoes) {
  std::map<std::string, std::set<std::u32string>> parts;
  for (const auto& [locale, word] :
       std::vector<std::pair<std::string, std::string>>{{"de-CH", "Verbesserungsmöglichkeiten"},
                                                        {"fr-CH", "Développement"},
                                                        {"it-CH", "Responsabilità"},
                                                        {"en-GB", "Responsibilities"}}) {
    for (double width = 25; width < 120; width += 3) {
      const std::vector<Glyphs> lines = lines_of(word, width, {&patterns(), locale, nullptr});
      for (std::size_t at = 0; at + 1 < lines.size(); ++at) {
        const std::u32string text = text_of_line(lines[at]);
        if (text.ends_with(U'\u00AD')) parts[word].insert(text);
      }
    }
    const std::vector<std::size_t> points = patterns().points(characters_of(word), locale);
    EXPECT_GE(points.size(), 2u) << word;
    EXPECT_GE(parts[word].size(), 2u) << word;
  }
  EXPECT_TRUE(parts["Verbesserungsmöglichkeiten"].contains(U"Verbesserungs\u00AD"));
  EXPECT_TRUE(patterns().points(U"Verbesserung", "el-GR").empty()) << "a language without patterns";
}

TEST(Lines, NeverDivideTheHoldersName) {
  const std::string text =
      "Wir danken Frau Alexandrowa-Wolkenstein für die Zusammenarbeit, denn Frau "
      "Alexandrowa-Wolkenstein leistete viel.";
  const Typesetter typesetter(test::fonts().state(), "de-CH", "Mara Alexandrowa-Wolkenstein");
  bool divided_elsewhere = false;
  for (double width = 110; width < 300; width += 2) {
    for (const pdf::Run& run : typesetter.lines(body, 0, 0, text, width, true)) {
      const std::u32string line = text_of_line(run.glyphs);
      if (!line.ends_with(U'\u00AD')) continue;
      divided_elsewhere = true;
      const std::u32string last = line.substr(line.find_last_of(U" -") + 1);
      EXPECT_FALSE(std::u32string_view(U"Alexandrowa").starts_with(last.substr(0, 4)));
      EXPECT_FALSE(std::u32string_view(U"Wolkenstein").starts_with(last.substr(0, 4)));
    }
  }
  EXPECT_TRUE(divided_elsewhere);
}

TEST(Lines, KeepTogetherWhatBelongsTogether) {
  const std::string text =
      "Frau Brunner war vom 1. März 2019 bis zum 30. September 2026 bei uns, mit 80 % nach "
      "Art. 330 und Nr. 12, wie Herr Keller und Dr. Muster sagen.";
  for (double width = 80; width < 400; width += 1) {
    for (const Glyphs& line : lines_of(text, width)) {
      const std::u32string said = text_of_line(line);
      for (const std::u32string_view held :
           {U"Frau ", U"1. ", U"30. ", U"80 ", U"Art. ", U"Nr. ", U"Herr ", U"Dr. "}) {
        const std::u32string with_space = U" " + std::u32string(held);
        EXPECT_FALSE(said == held || said.ends_with(with_space)) << "at " << width;
      }
    }
  }
}

// ---- pages --------------------------------------------------------------------------------------

/// Lines of each of the letter's elements, by page.
std::map<std::size_t, std::map<std::size_t, std::size_t>> lines_by_page(const Layout& layout) {
  std::map<std::size_t, std::map<std::size_t, std::size_t>> found;
  for (std::size_t page = 0; page < layout.pages.size(); ++page) {
    for (const Mark& mark : layout.pages[page].marks) {
      if (mark.artifact == Artifact::none) found[mark.element][page] += mark.runs.size();
    }
  }
  return found;
}

// Of one to four pages, with paragraphs of two to ten lines.
std::vector<Document> letters_of_every_length() {
  std::vector<Document> all;
  for (std::size_t more = 0; more < 12; ++more) {
    for (std::size_t longer = 0; longer < 4; ++longer) {
      Document document = test::full_reference(more);
      std::size_t at = 0;
      for (std::string& paragraph : document.letter.sections[2].paragraphs) {
        for (std::size_t sentence = 0; sentence < (at + longer) % 7; ++sentence) {
          paragraph += " Sie erkannte Verbesserungsmöglichkeiten und setzte sie selbständig um.";
        }
        ++at;
      }
      all.push_back(std::move(document));
    }
  }
  return all;
}

TEST(Pages, LeaveNoLineOfAParagraphAlone) {
  std::size_t parted = 0;
  for (const Document& document : letters_of_every_length()) {
    const Result<Layout> layout = lay_out(document, test::fonts().state());
    ASSERT_TRUE(layout) << layout.error().detail;
    for (const auto& [element, pages] : lines_by_page(*layout)) {
      if (pages.size() == 1) continue;
      ++parted;
      EXPECT_EQ(pages.size(), 2u);
      for (const auto& [page, lines] : pages) EXPECT_GE(lines, 2u) << "page " << page + 1;
    }
  }
  EXPECT_GT(parted, 20u) << "there is something to part";
}

// Lines of the letter on the last page before its place and date.
std::size_t lines_before_closing(const Document& document, const Layout& layout) {
  const std::u32string closing = characters_of(document.letter.place_and_date);
  std::size_t lines = 0;
  for (const Mark& mark : layout.pages.back().marks) {
    if (mark.artifact != Artifact::none || mark.runs.empty()) continue;
    if (text_of_line(mark.runs.front().glyphs) == closing) return lines;
    const Tag tag = layout.elements[mark.element].tag;
    if (tag == Tag::paragraph || tag == Tag::item_body) lines += mark.runs.size();
  }
  ADD_FAILURE() << "no closing on the last page";
  return 0;
}

TEST(Pages, LeaveNoClosingAlone) {
  std::size_t several = 0;
  for (const Document& document : letters_of_every_length()) {
    const Layout layout = *lay_out(document, test::fonts().state());
    several += layout.pages.size() > 1 ? 1 : 0;
    EXPECT_GE(lines_before_closing(document, layout), 2u) << layout.pages.size();
  }
  EXPECT_GT(several, 20u);
}

// The sentence that announces a list, and the list's first item.
TEST(Pages, NeverPartAListFromItsSentence) {
  for (std::size_t more = 0; more < 24; ++more) {
    Document document = test::full_reference();
    std::vector<letter::Section>& sections = document.letter.sections;
    for (std::size_t at = 0; at < more; ++at) {
      sections[0].paragraphs.insert(sections[0].paragraphs.begin() + 1,
                                    "Sie arbeitete in wechselnden Vorhaben.");
    }
    const Layout layout = *lay_out(document, test::fonts().state());
    std::map<std::size_t, std::map<std::size_t, std::size_t>> lines = lines_by_page(layout);
    for (std::size_t element = 1; element < layout.elements.size(); ++element) {
      if (layout.elements[element].tag != Tag::list) continue;
      const std::size_t sentence = element - 1;
      const std::size_t first_label = element + 2;
      EXPECT_EQ(lines[sentence].rbegin()->first, lines[first_label].begin()->first) << more;
    }
  }
}

TEST(Pages, CarryTwoSignatoriesSideBySide) {
  const Document document = test::full_reference();
  const Layout layout = *lay_out(document, test::fonts().state());
  std::map<std::u32string, const pdf::Run*> names;
  for (const Mark& mark : layout.pages.back().marks) {
    for (const pdf::Run& run : mark.runs) names[text_of_line(run.glyphs)] = &run;
  }
  const pdf::Run* first = names[U"Jonas Keller"];
  const pdf::Run* second = names[U"Dr. Anna Brunner-Aeschbacher"];
  ASSERT_TRUE(first != nullptr && second != nullptr);
  EXPECT_EQ(first->y, second->y);
  EXPECT_GT(second->x, first->x + width_at(first->glyphs, first->size));
  EXPECT_LT(second->x + width_at(second->glyphs, second->size), right);
}

}  // namespace
}  // namespace refledger::pdf
