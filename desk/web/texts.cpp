#include "desk/web/texts.h"

#include <array>
#include <cstdio>
#include <optional>

#include "ledger/core/json.h"

namespace refledger::site {
namespace {

constexpr std::size_t kMaxFile = 512 * 1024;

struct Name {
  std::string area;
  Language language;
};

// "texts/AREA.LANGUAGE.json"
std::optional<Name> name_of(std::string_view file) {
  constexpr std::string_view kFolder = "texts/";
  constexpr std::string_view kEnd = ".json";
  if (!file.starts_with(kFolder) || !file.ends_with(kEnd)) return std::nullopt;
  file.remove_prefix(kFolder.size());
  file.remove_suffix(kEnd.size());
  const std::size_t dot = file.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::optional<Language> language = http::language_of(file.substr(dot + 1));
  if (!language) return std::nullopt;
  return Name{std::string(file.substr(0, dot)), *language};
}

}  // namespace

Texts::Texts(std::span<const File> files) {
  for (const Language language : http::kLanguages) texts_[language];
  for (const File& file : files) {
    const std::optional<Name> name = name_of(file.name);
    if (!name) continue;
    const Result<Json> parsed = parse_json(file.content, kMaxFile, file.name);
    if (!parsed || !parsed->is_object()) continue;
    for (const auto& [key, text] : parsed->items()) {
      if (text.is_string()) texts_[name->language][name->area + "." + key] = text;
    }
  }
}

const std::string& Texts::get(Language language, const std::string& key) const {
  const auto& all = texts_.at(language);
  const auto found = all.find(key);
  return found == all.end() ? key : found->second;
}

std::string Texts::get(Language language, const std::string& key, const Blanks& blanks) const {
  const std::string& text = get(language, key);
  std::string filled;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find('{', at);
    const std::size_t close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) break;
    const auto blank = blanks.find(text.substr(open + 1, close - open - 1));
    filled += text.substr(at, open - at);
    filled += blank == blanks.end() ? text.substr(open, close - open + 1) : blank->second;
    at = close + 1;
  }
  return filled + text.substr(at);
}

std::string shown(Date date, Language language) {
  constexpr std::array kEnglish{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const unsigned day = static_cast<unsigned>(date.day());
  const unsigned month = static_cast<unsigned>(date.month());
  const int year = static_cast<int>(date.year());
  std::array<char, 32> text{};
  switch (language) {
    case Language::en:
      std::snprintf(text.data(), text.size(), "%u %s %d", day, kEnglish[(month + 11) % 12], year);
      break;
    case Language::fr:
    case Language::it:
      std::snprintf(text.data(), text.size(), "%02u/%02u/%d", day, month, year);
      break;
    case Language::de:
      std::snprintf(text.data(), text.size(), "%02u.%02u.%d", day, month, year);
      break;
  }
  return text.data();
}

std::string shown(UtcMillis time, Language language, std::chrono::minutes offset) {
  const UtcMillis local = time + offset;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::minutes>(local - day));
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), ", %02d:%02d", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()));
  return shown(Date(day), language) + text.data();
}

}  // namespace refledger::site
