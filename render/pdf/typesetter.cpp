#include "render/pdf/typesetter.h"

namespace refledger::pdf {
Typesetter::Typesetter(const Fonts::State& fonts, std::string locale, std::string_view holder)
    : fonts_(fonts), locale_(std::move(locale)), names_(words_of(characters_of(holder))) {}

const Glyphs& Typesetter::shaped(const Setting& setting, std::string_view text) const {
  const auto [entry, is_new] = shaped_.try_emplace({setting.style, std::string(text)});
  if (is_new) entry->second = face(setting).shape(text);
  return entry->second;
}

double Typesetter::width(const Setting& setting, std::string_view text) const {
  return width_at(shaped(setting, text), setting.size);
}

Run Typesetter::run(const Setting& setting, double x, double y, std::string_view text) const {
  return {setting.style, setting.size, setting.colour, x, y, shaped(setting, text), false};
}

std::vector<Run> Typesetter::lines(const Setting& setting, double x, double y,
                                   std::string_view text, double line_width, bool divide) const {
  const Division division{divide ? &fonts_.hyphenation : nullptr, locale_, &names_};
  std::vector<Run> runs;
  for (Glyphs& line :
       break_lines(shaped(setting, text), face(setting), setting.size, line_width, division)) {
    runs.push_back({setting.style, setting.size, setting.colour, x, y, std::move(line), false});
    y -= setting.leading;
  }
  return runs;
}

}  // namespace refledger::pdf
