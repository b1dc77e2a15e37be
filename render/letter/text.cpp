// clean_text: what may stand in a letter; capitals.
#include <utf8proc.h>

#include <memory>

#include "render/letter/letter.h"
#include "render/letter/text.h"

namespace refledger::letter {
namespace {

struct Free {
  void operator()(utf8proc_uint8_t* text) const { std::free(text); }
};
using Utf8 = std::unique_ptr<utf8proc_uint8_t, Free>;

// The shortest and longest UTF-8 form: refuses absurd input before normalising it.
constexpr std::size_t max_bytes_per_character = 4;
// NFC of one code point is at most three code points long.
constexpr std::size_t max_growth = 3;

bool is_blank(utf8proc_int32_t point) { return utf8proc_category(point) == UTF8PROC_CATEGORY_ZS; }

// Letters, marks, numbers, punctuation and symbols.  Everything else cannot be seen on paper.
bool is_visible(utf8proc_int32_t point) {
  const utf8proc_category_t category = utf8proc_category(point);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_SO;
}

Result<std::string> normalised(std::string_view text, const std::string& what) {
  utf8proc_uint8_t* raw = nullptr;
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &raw,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const Utf8 owned(raw);
  if (length < 0) return Error{Fault::malformed, what + ": not UTF-8"};
  return std::string(reinterpret_cast<const char*>(owned.get()), static_cast<std::size_t>(length));
}

struct Step {
  utf8proc_int32_t point;
  std::string_view bytes;
};

Step take(std::string_view& rest) {
  utf8proc_int32_t point = -1;
  const utf8proc_ssize_t length =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(rest.data()),
                       static_cast<utf8proc_ssize_t>(rest.size()), &point);
  const std::size_t used = length > 0 ? static_cast<std::size_t>(length) : 1;
  const Step step{point, rest.substr(0, used)};
  rest.remove_prefix(used);
  return step;
}

}  // namespace

Result<std::string> clean_text(std::string_view text, std::string_view what,
                               std::size_t max_characters) {
  const std::string name(what);
  const Error too_long{Fault::malformed, name + ": too long"};
  if (text.size() > max_characters * max_bytes_per_character * max_growth) return too_long;
  const Result<std::string> composed = normalised(text, name);
  if (!composed) return composed.error();

  std::string clean;
  std::size_t characters = 0;
  bool blank_waits = false;
  for (std::string_view rest = *composed; !rest.empty();) {
    const Step step = take(rest);
    if (is_blank(step.point)) {
      blank_waits = !clean.empty();
      continue;
    }
    if (!is_visible(step.point)) {
      return Error{Fault::malformed, name + ": holds a character that cannot be printed"};
    }
    if (blank_waits) {
      clean += ' ';
      ++characters;
      blank_waits = false;
    }
    clean += step.bytes;
    ++characters;
  }
  if (clean.empty()) return Error{Fault::malformed, name + ": empty"};
  if (characters > max_characters) return too_long;
  return clean;
}

std::string capitalised(std::string text) {
  std::string_view rest = text;
  if (rest.empty()) return text;
  const Step first = take(rest);
  const utf8proc_int32_t upper = utf8proc_toupper(first.point);
  utf8proc_uint8_t bytes[4];
  const utf8proc_ssize_t length = first.point < 0 ? 0 : utf8proc_encode_char(upper, bytes);
  if (length <= 0) return text;
  return std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)) +
         std::string(rest);
}

std::string without_fine_blanks(std::string text) {
  for (const std::string_view blank : {"\u00A0", "\u202F"}) {
    for (std::size_t at = text.find(blank); at != std::string::npos; at = text.find(blank, at)) {
      text.replace(at, blank.size(), " ");
    }
  }
  return text;
}

}  // namespace refledger::letter
