// Signs that say more than the words: quotation marks, exclamation marks, underlining, pictures.
#include "render/letter/check_run.h"

namespace refledger::letter {
namespace {

// Apostrophes are none of these: L’été, doesn't.
bool is_quote(std::int32_t point) {
  switch (point) {
    case '"':
    case 0x00AB:  // « »
    case 0x00BB:
    case 0x2018:  // ‘ ‚
    case 0x201A:
    case 0x201C:  // “ ” „
    case 0x201D:
    case 0x201E:
    case 0x2039:  // ‹ ›
    case 0x203A:
      return true;
    default:
      return false;
  }
}

bool is_loud(std::int32_t point) {
  switch (point) {
    case '!':
    case '?':
    case 0x203C:  // double exclamation mark
    case 0x2026:  // ellipsis
    case 0x0332:  // combining low lines
    case 0x0333:
      return true;
    default:
      return is_picture(point) && point >= 0x2190;  // degrees and trade marks are below
  }
}

// "Mitarbeiter*innen" and "Mitarbeiter_innen" are spelling.
bool is_line(std::int32_t point) { return point == '_' || point == '*'; }

void check_section(CheckRun& run, const ReadSection& section) {
  Point before;
  for (std::size_t at = 0; at < section.text.size();) {
    const Point point = point_at(section.text, at);
    at += point.length;
    const bool in_word = is_word_point(before.value) && at < section.text.size() &&
                         is_word_point(point_at(section.text, at).value);
    before = point;
    const bool mark =
        is_quote(point.value) || is_loud(point.value) || (is_line(point.value) && !in_word);
    if (!mark || section.is_named({point.begin, point.length})) continue;
    run.find("typographic_mark", section, {point.begin, point.length});
  }
}

}  // namespace

void check_marks(CheckRun& run) {
  for (const ReadSection& section : run.sections) check_section(run, section);
}

}  // namespace refledger::letter
