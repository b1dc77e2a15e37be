// Ten thousand names of every kind: each appears in the file exactly as it was given, or is refused
// with its character before anything is drawn.
#include <gtest/gtest.h>

#include <random>

#include "ledger/core/file.h"
#include "support/command.h"
#include "support/extracted.h"
#include "support/letters.h"

namespace refledger::pdf {
namespace {

constexpr std::size_t names = 10'000;
constexpr std::size_t names_in_a_file = 120;  // ten pages hold them, the longest too

std::string utf8(char32_t point) {
  std::string text;
  const auto byte = [&text](unsigned value) { text += static_cast<char>(value); };
  const auto value = static_cast<unsigned>(point);
  if (value < 0x80) {
    byte(value);
  } else if (value < 0x800) {
    byte(0xC0 | (value >> 6));
    byte(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    byte(0xE0 | (value >> 12));
    byte(0x80 | ((value >> 6) & 0x3F));
    byte(0x80 | (value & 0x3F));
  } else {
    byte(0xF0 | (value >> 18));
    byte(0x80 | ((value >> 12) & 0x3F));
    byte(0x80 | ((value >> 6) & 0x3F));
    byte(0x80 | (value & 0x3F));
  }
  return text;
}

struct Range {
  char32_t first;
  char32_t last;
};

// What names are made of, and what tries to pass for it.
class Names {
 public:
  std::string next() {
    static constexpr std::array<Range, 16> alphabets{{
        {U'a', U'z'},
        {U'A', U'Z'},
        {0xC0, 0xFF},
        {0x100, 0x17F},
        {0x180, 0x24F},
        {0x1E00, 0x1EFF},
        {0x370, 0x3FF},
        {0x400, 0x45F},
        {0x460, 0x52F},
        {0x300, 0x345},
        {0x5D0, 0x5EA},
        {0x620, 0x64A},
        {0x1F600, 0x1F64F},
        {0x01, 0x1F},
        {0x200B, 0x202E},
        {0x4E00, 0x4EFF},
    }};
    // Most names keep to one alphabet, with marks; some mix everything.
    const std::size_t home = pick(8);
    const bool wild = pick(3) == 0;
    const std::size_t length = pick(40) == 0 ? 300 : 2 + pick(24);
    std::string name = utf8(draw(alphabets[home]));
    for (std::size_t at = 1; at < length; ++at) {
      const std::size_t chance = pick(100);
      if (chance < 6) {
        name += utf8(draw({0x300, 0x345}));
      } else if (chance < 9) {
        name += pick(2) == 0 ? " " : "-";
      } else {
        name += utf8(draw(alphabets[wild && chance < 20 ? pick(alphabets.size()) : home]));
      }
    }
    return name;
  }

 private:
  std::size_t pick(std::size_t below) { return random_() % below; }
  char32_t draw(Range range) {
    return range.first + static_cast<char32_t>(pick(range.last - range.first + 1));
  }
  std::mt19937 random_{20260930};
};

Document document_with(const std::vector<std::string>& lines) {
  Document document = test::document_of(test::confirmation());
  document.letter.sections = {{"names", lines, false}};
  for (const std::string& line : lines) document.holder += " " + line;
  return document;
}

struct Sorted {
  std::vector<std::string> shown;
  std::size_t unclean = 0;
  std::size_t refused = 0;
};

// By the same two steps as an issued reference: cleaned, then asked for its glyphs.
Sorted sorted() {
  Sorted sorted;
  Names source;
  for (std::size_t at = 0; at < names; ++at) {
    const Result<std::string> clean = letter::clean_text(source.next(), "given_name", 300);
    if (!clean) {
      ++sorted.unclean;
    } else if (const Result<void> shown = test::fonts().can_show(*clean); !shown) {
      EXPECT_TRUE(shown.error().detail.starts_with("font: no glyph for U+"));
      ++sorted.refused;
    } else {
      sorted.shown.push_back(*clean);
    }
  }
  return sorted;
}

TEST(Names, AppearExactlyOrAreRefused) {
  const Sorted all = sorted();
  // The draw holds enough of each kind for the rest to mean something.
  EXPECT_GT(all.shown.size(), 3'000u);
  EXPECT_GT(all.refused, 1'000u);
  EXPECT_GT(all.unclean, 300u);
  for (std::size_t begin = 0; begin < all.shown.size(); begin += names_in_a_file) {
    const std::size_t end = std::min(begin + names_in_a_file, all.shown.size());
    const std::vector<std::string> lines(all.shown.begin() + static_cast<std::ptrdiff_t>(begin),
                                         all.shown.begin() + static_cast<std::ptrdiff_t>(end));
    const Document document = document_with(lines);
    const Result<Prepared> made = render(document, test::fonts());
    ASSERT_TRUE(made.has_value()) << made.error().detail << " from " << begin;
    QPDF pdf;
    pdf.processMemoryFile("file", reinterpret_cast<const char*>(made->file.data()),
                          made->file.size());
    const test::Reading reading(pdf);
    std::size_t next = 0;
    for (const test::TaggedText& element : reading.elements()) {
      if (element.type == "/P" && next < lines.size() && element.text == lines[next]) ++next;
    }
    EXPECT_EQ(next, lines.size()) << lines[std::min(next, lines.size() - 1)];
  }
}

TEST(Names, ThatAreRefusedAreRefusedByTheWholePageToo) {
  Names source;
  std::size_t seen = 0;
  for (std::size_t at = 0; at < 600; ++at) {
    const Result<std::string> clean = letter::clean_text(source.next(), "given_name", 300);
    if (!clean || test::fonts().can_show(*clean)) continue;
    const Result<Prepared> made = render(document_with({*clean}), test::fonts());
    ASSERT_FALSE(made.has_value()) << *clean;
    EXPECT_EQ(made.error().fault, Fault::refused);
    ++seen;
  }
  EXPECT_GT(seen, 50u);
}

// A sample by another program's eyes.  It reads lines of marks and words in an order of its own,
// so the sample holds what people are really called.
TEST(Names, OfPeopleAreReadByPdftotextAsWell) {
  const std::vector<std::string> people{
      "Łukasz Żółciński", "Ειρήνη Παπαδοπούλου", "Юлія Шевченко-Ґалаґан", "Þórdís Guðmundsdóttir",
      "Đorđe Šćepanović", "Ștefan Țîrlea",       "Nguyễn Thị Ánh",        "Ọlá Ẹ̀kúnwẹ",
      "İpek Çağlayan",    "Māris Bērziņš",       "Søren Ångström",        "Núria Coŀlell",
      "Żaneta Ǿdegård"};
  const Prepared made = *render(document_with(people), test::fonts());
  const test::TemporaryFolder folder;
  ASSERT_TRUE(write_file(folder.path() / "names.pdf", made.file));
  const std::string text =
      test::run("pdftotext -raw " + (folder.path() / "names.pdf").string() + " -").output;
  for (const std::string& name : people) {
    const std::string clean = *letter::clean_text(name, "name", 300);
    EXPECT_NE(text.find(clean), std::string::npos) << clean;
  }
}

}  // namespace
}  // namespace refledger::pdf
