// UTF-8 against its definition; numbers and lines.
#include "ledger/core/text.h"

#include "support/support.h"

namespace refledger {
namespace {

std::string encoded(char32_t point) {
  std::string out;
  const auto add = [&](char32_t bits) { out += static_cast<char>(bits); };
  if (point < 0x80) {
    add(point);
  } else if (point < 0x800) {
    add(0xc0 | (point >> 6)), add(0x80 | (point & 0x3f));
  } else if (point < 0x10000) {
    add(0xe0 | (point >> 12)), add(0x80 | ((point >> 6) & 0x3f)), add(0x80 | (point & 0x3f));
  } else {
    add(0xf0 | (point >> 18)), add(0x80 | ((point >> 12) & 0x3f));
    add(0x80 | ((point >> 6) & 0x3f)), add(0x80 | (point & 0x3f));
  }
  return out;
}

TEST(Text, EveryCodePointIsReadAndNoSurrogate) {
  for (char32_t point = 0; point < 0x110000; ++point) {
    const auto read = decode_utf8(encoded(point));
    if (point >= 0xd800 && point < 0xe000) {
      ASSERT_FALSE(read) << std::uint32_t{point};
    } else {
      ASSERT_TRUE(read && *read == std::u32string(1, point)) << std::uint32_t{point};
    }
  }
}

TEST(Text, RefusesWhatIsNotWellFormed) {
  for (const char* text :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", "\xff", "\xc3", "\xe2\x82", "\xf0\x9f\x98", "\xc3(", "a\xe2(\xa1"}) {
    EXPECT_FALSE(decode_utf8(text));
  }
}

TEST(Text, KnowsTheControlsThatHide) {
  std::size_t hidden = 0;
  for (char32_t point = 0; point < 0x110000; ++point) hidden += is_hidden_control(point) ? 1 : 0;
  EXPECT_EQ(hidden, 32u + 33u + 2u + 5u + 4u);
  for (const char32_t point : {0x00, 0x09, 0x1f, 0x7f, 0x9f, 0x2028, 0x202e, 0x2066, 0x2069}) {
    EXPECT_TRUE(is_hidden_control(point)) << static_cast<std::uint32_t>(point);
  }
  for (const char32_t point : {0x20, 0x7e, 0xa0, 0xad, 0x2027, 0x202f, 0x2065, 0x206a}) {
    EXPECT_FALSE(is_hidden_control(point)) << static_cast<std::uint32_t>(point);
  }
}

TEST(Text, OneLineHasNoControlCharacter) {
  EXPECT_TRUE(is_one_line("Zoë Łukasiewicz 李"));
  EXPECT_TRUE(is_one_line(""));
  for (const std::string& text :
       {std::string("a\nb"), std::string("a\0b", 3), std::string("\x7f"), std::string("\xc2\x85"),
        std::string("\xff"), std::string("a\u2028b"), std::string("a\u202eb"),
        std::string("a\u2066b")}) {
    EXPECT_FALSE(is_one_line(text));
  }
}

TEST(Text, DecimalHasNoSignBlankOrLeadingZero) {
  EXPECT_EQ(*from_decimal("0", "x"), 0u);
  EXPECT_EQ(*from_decimal("9223372036854775807", "x"), kMaxDecimal);
  for (const char* text : {"", "00", "01", "-1", "+1", " 1", "1 ", "1.0", "0x1", "1e3", "٣",
                           "9223372036854775808", "18446744073709551616", "99999999999999999999"}) {
    EXPECT_EQ(from_decimal(text, "size").error().detail, "size: a decimal number expected") << text;
  }
}

TEST(Text, LinesAreCutAtTheirEnds) {
  std::string_view rest = "a\n\nb";
  EXPECT_EQ(take_line(rest), "a");
  EXPECT_EQ(take_line(rest), "");
  EXPECT_FALSE(take_line(rest));
  EXPECT_EQ(rest, "b");
}

TEST(Text, KnowsUnicodesSpaces) {
  std::size_t spaces = 0;
  for (char32_t point = 0; point < 0x110000; ++point) spaces += is_unicode_space(point) ? 1 : 0;
  EXPECT_EQ(spaces, 25u);  // White_Space in PropList.txt
  EXPECT_FALSE(is_unicode_space(0x200b));
}

}  // namespace
}  // namespace refledger
