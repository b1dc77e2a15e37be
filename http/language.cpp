#include "http/language.h"

#include <cstdlib>
#include <string>

namespace refledger::http {
namespace {

struct Wish {
  std::string_view tag;
  double weight = 1;
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

Wish parse_wish(std::string_view item) {
  const std::size_t semicolon = item.find(';');
  Wish wish{trimmed(item.substr(0, semicolon))};
  if (semicolon == std::string_view::npos) return wish;
  const std::string parameter{trimmed(item.substr(semicolon + 1))};
  if (parameter.starts_with("q=")) wish.weight = std::strtod(parameter.c_str() + 2, nullptr);
  return wish;
}

}  // namespace

std::optional<Language> language_of(std::string_view tag) {
  for (const Language language : kLanguages) {
    if (tag.substr(0, 2) == code_of(language) && (tag.size() == 2 || tag[2] == '-'))
      return language;
  }
  return {};
}

const char* code_of(Language language) {
  switch (language) {
    case Language::de:
      return "de";
    case Language::fr:
      return "fr";
    case Language::it:
      return "it";
    case Language::en:
      return "en";
  }
  std::abort();
}

Language pick_language(std::string_view asked, std::string_view accept_language) {
  if (const std::optional<Language> named = language_of(asked)) return *named;
  Language best = Language::en;
  double weight = 0;
  while (!accept_language.empty()) {
    const std::size_t comma = accept_language.find(',');
    const Wish wish = parse_wish(accept_language.substr(0, comma));
    const std::optional<Language> language = language_of(wish.tag);
    if (language && wish.weight > weight) {
      best = *language;
      weight = wish.weight;
    }
    if (comma == std::string_view::npos) break;
    accept_language.remove_prefix(comma + 1);
  }
  return best;
}

}  // namespace refledger::http
