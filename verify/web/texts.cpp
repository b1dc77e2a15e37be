#include "verify/web/texts.h"

namespace refledger::web {
namespace {

void fill_blanks(std::string& text, const Blanks& blanks) {
  for (const auto& [name, value] : blanks) {
    const std::string blank = "{" + name + "}";
    const std::size_t at = text.find(blank);
    if (at != std::string::npos) text.replace(at, blank.size(), value);
  }
}

}  // namespace

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
