// A text as words that can be compared: cut, folded, numbered by sentence.
//
// Shape    A word is a run of letters, marks and digits; apostrophes, hyphens and blanks part
// words.
//          `folded` is Unicode case folding in NFC: "Äusserst", "äußerst" and "ÄUSSERST" are one.
// Units    Offsets and lengths count bytes of the text and lie on code point borders.
// Errors   None: bytes that are not UTF-8 part words like blanks.
// Source   Unicode 15 §3.13 (default caseless matching)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace refledger::letter {

struct Word {
  std::string folded;
  std::size_t begin = 0;
  std::size_t length = 0;
  std::uint32_t sentence = 0;  ///< words of one sentence share it; lines never share one
};

std::vector<Word> words_of(std::string_view text);

/// Case folding alone, for texts that are compared whole.
std::string folded(std::string_view text);

/// A code point and where it stands; -1 for a byte that is not UTF-8.
struct Point {
  std::int32_t value = -1;
  std::size_t begin = 0;
  std::size_t length = 0;
};
/// The code point at `at`; `at` is inside the text.
Point point_at(std::string_view text, std::size_t at);

bool is_word_point(std::int32_t point);
/// Pictures and dingbats: Unicode category So.
bool is_picture(std::int32_t point);

}  // namespace refledger::letter
