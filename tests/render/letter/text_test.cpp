// clean_text lets through what can be printed and read, and nothing else.
#include <gtest/gtest.h>

#include "render/letter/letter.h"

namespace refledger::letter {
namespace {

std::string cleaned(std::string_view text, std::size_t max_characters = 40) {
  const Result<std::string> clean = clean_text(text, "name", max_characters);
  return clean ? *clean : "! " + clean.error().detail;
}

TEST(CleanText, KeepsOrdinaryText) {
  for (const char* text : {"Mara", "O'Neill-Šimić", "Łukasz Żółć", "Ελένη", "Юлія", "Đặng Thị Ánh",
                           "R&D <Lab>", "80 %", "„Projekt“ – 2"}) {
    EXPECT_EQ(cleaned(text), text);
  }
}

TEST(CleanText, ComposesToNfc) {
  EXPECT_EQ(cleaned("e\xCC\x81"), "\xC3\xA9");
  EXPECT_EQ(cleaned("\xE2\x84\xAB"), "\xC3\x85");  // Angstrom sign to A with ring
}

TEST(CleanText, MakesOneSpaceOfEveryRunOfBlanks) {
  EXPECT_EQ(cleaned("  Mara \xC2\xA0 \xE2\x80\x89 Brunner "), "Mara Brunner");
}

struct Hidden {
  const char* what;
  const char* text;
};

class HiddenCharacter : public testing::TestWithParam<Hidden> {};

TEST_P(HiddenCharacter, IsRefused) {
  EXPECT_EQ(cleaned(std::string("Ma") + GetParam().text + "ra"),
            "! name: holds a character that cannot be printed");
}

INSTANTIATE_TEST_SUITE_P(
    EachKind, HiddenCharacter,
    testing::Values(
        Hidden{"tab", "\t"}, Hidden{"line feed", "\n"}, Hidden{"bell", "\x07"},
        Hidden{"delete", "\x7F"}, Hidden{"C1 control", "\xC2\x85"},
        Hidden{"soft hyphen", "\xC2\xAD"}, Hidden{"zero-width space", "\xE2\x80\x8B"},
        Hidden{"zero-width joiner", "\xE2\x80\x8D"}, Hidden{"left-to-right mark", "\xE2\x80\x8E"},
        Hidden{"right-to-left override", "\xE2\x80\xAE"},
        Hidden{"first strong isolate", "\xE2\x81\xA8"}, Hidden{"Arabic letter mark", "\xD8\x9C"},
        Hidden{"line separator", "\xE2\x80\xA8"}, Hidden{"paragraph separator", "\xE2\x80\xA9"},
        Hidden{"byte order mark", "\xEF\xBB\xBF"}, Hidden{"private use", "\xEE\x80\x80"},
        Hidden{"unassigned", "\xCD\xB8"}, Hidden{"tag", "\xF3\xA0\x81\x81"}),
    [](const testing::TestParamInfo<Hidden>& each) {
      std::string name = each.param.what;
      for (char& letter : name) {
        if (letter == ' ' || letter == '-') letter = '_';
      }
      return name;
    });

TEST(CleanText, RefusesBytesThatAreNotUtf8) {
  for (const char* text : {"\xFF", "M\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80"}) {
    EXPECT_EQ(cleaned(text), "! name: not UTF-8");
  }
  EXPECT_EQ(cleaned(std::string_view("a\0b", 3)),
            "! name: holds a character that cannot be printed");
}

TEST(CleanText, RefusesNothingAtAll) {
  EXPECT_EQ(cleaned(""), "! name: empty");
  EXPECT_EQ(cleaned("   "), "! name: empty");
}

TEST(CleanText, CountsCharactersNotBytes) {
  EXPECT_EQ(cleaned("ääää", 4), "ääää");
  EXPECT_EQ(cleaned("äääää", 4), "! name: too long");
  EXPECT_EQ(cleaned(std::string(1 << 20, 'a'), 4), "! name: too long");
}

}  // namespace
}  // namespace refledger::letter
