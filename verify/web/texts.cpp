#include "verify/web/texts.h"

#include <array>
#include <cstdlib>
#include <optional>

namespace refledger::web {
namespace {

constexpr std::array kLanguages{Language::de, Language::fr, Language::it, Language::en};

std::optional<Language> language_of(std::string_view tag) {
  for (const Language language : kLanguages) {
    if (tag.substr(0, 2) == code_of(language) && (tag.size() == 2 || tag[2] == '-'))
      return language;
  }
  return {};
}

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

void fill_blanks(std::string& text, const Blanks& blanks) {
  for (const auto& [name, value] : blanks) {
    const std::string blank = "{" + name + "}";
    const std::size_t at = text.find(blank);
    if (at != std::string::npos) text.replace(at, blank.size(), value);
  }
}

}  // namespace

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

Texts::Texts(std::string_view table) {
  const std::size_t begin = table.find("= {");
  const std::size_t end = table.rfind('}');
  if (begin == std::string_view::npos || end == std::string_view::npos) return;
  Result<Json> parsed = parse_json(table.substr(begin + 2, end - begin - 1), 1 << 20, "texts");
  if (parsed) table_ = *std::move(parsed);
}

std::string Texts::get(Language language, const std::string& key, const Blanks& blanks) const {
  const auto entry = table_.find(key);
  if (entry == table_.end()) return key;
  Result<std::string> text = string_member(*entry, code_of(language));
  if (!text) return key;
  fill_blanks(*text, blanks);
  return *std::move(text);
}

}  // namespace refledger::web
