#include "render/letter/words.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace refledger::letter {
namespace {

struct Free {
  void operator()(utf8proc_uint8_t* text) const { std::free(text); }
};

bool ends_sentence(std::int32_t point) {
  switch (point) {
    case '.':
    case '!':
    case '?':
    case ':':
    case ';':
    case 0x2026:  // ellipsis
      return true;
    default:
      return false;
  }
}

bool is_blank(std::int32_t point) {
  return point == '\t' || (point >= 0 && utf8proc_category(point) == UTF8PROC_CATEGORY_ZS);
}

// Counts sentences while the text is walked: a mark counts once a blank follows it, so that "38.5"
// and "refledger.example" stay inside theirs.
class Sentences {
 public:
  void pass(std::int32_t point) {
    if (point == '\n' || (after_mark_ && is_blank(point))) ++number_;
    after_mark_ = ends_sentence(point) || (after_mark_ && !is_blank(point) && point != '\n');
  }
  void pass_word() { after_mark_ = false; }
  std::uint32_t number() const { return number_; }

 private:
  std::uint32_t number_ = 0;
  bool after_mark_ = false;
};

}  // namespace

Point point_at(std::string_view text, std::size_t at) {
  utf8proc_int32_t value = -1;
  const utf8proc_ssize_t length =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                       static_cast<utf8proc_ssize_t>(text.size() - at), &value);
  if (length <= 0) return {-1, at, 1};
  return {value, at, static_cast<std::size_t>(length)};
}

bool is_word_point(std::int32_t point) {
  if (point < 0) return false;
  const utf8proc_category_t category = utf8proc_category(point);  // letters, marks and numbers
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

bool is_picture(std::int32_t point) {
  return point >= 0 && utf8proc_category(point) == UTF8PROC_CATEGORY_SO;
}

std::string folded(std::string_view text) {
  utf8proc_uint8_t* raw = nullptr;
  const utf8proc_ssize_t length = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()), &raw,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
  const std::unique_ptr<utf8proc_uint8_t, Free> owned(raw);
  if (length < 0) return {};
  return std::string(reinterpret_cast<const char*>(owned.get()), static_cast<std::size_t>(length));
}

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  Sentences sentences;
  for (std::size_t at = 0; at < text.size();) {
    Point point = point_at(text, at);
    if (!is_word_point(point.value)) {
      sentences.pass(point.value);
      at += point.length;
      continue;
    }
    const std::size_t begin = at;
    while (is_word_point(point.value)) {
      at += point.length;
      if (at >= text.size()) break;
      point = point_at(text, at);
    }
    sentences.pass_word();
    words.push_back(
        {folded(text.substr(begin, at - begin)), begin, at - begin, sentences.number()});
  }
  return words;
}

}  // namespace refledger::letter
