// What is said beside facts and ratings, and each section as it will be printed.
#include <algorithm>
#include <utility>
#include <vector>

#include "desk/case/usual.h"
#include "desk/web/cases/step_parts.h"

namespace refledger::site {
namespace {

// What the rules would write, were nothing edited.
using SectionTexts = std::vector<std::pair<std::string, std::string>>;  // as they follow each other
SectionTexts generated(const StepInput& in) {
  desk::Fields without;
  for (const auto& [name, entry] : in.dossier.sheet.fields) {
    if (name.starts_with("edited.") && !entry.text.empty()) without[name] = "";
  }
  SectionTexts texts;
  const auto take = [&](const desk::Look& look) {
    if (!look.examined) return;
    for (const letter::Section& one : look.examined->written.letter.sections)
      texts.emplace_back(one.id, one.text());
  };
  if (without.empty()) {
    take(in.look);
    return texts;
  }
  Result<desk::Look> look = in.pages.desk().look(in.dossier.case_id, without, actor_of(in.context));
  if (look) take(*look);
  return texts;
}

Json leaving_json(const StepInput& in) {
  const std::string chosen = in.text("leaving_reason");
  Json options = Json::array({option("", said(in.context, "leaving_none"), chosen)});
  bool known = chosen.empty();
  for (const char* reason : {"own_wish", "term_end", "agreement", "reorganisation"}) {
    known = known || chosen == reason;
    options.push_back(option(reason, said(in.context, std::string("leaving_") + reason), chosen));
  }
  if (!known) options.push_back(option(chosen, chosen, chosen));
  return select(in, "leaving_reason", std::move(options));
}

// The issuer's own text for each place, also where a box leaves it out.
desk::Fields blocks_of(const StepInput& in) {
  desk::Sheet sheet = in.dossier.sheet;
  for (const std::string_view place : desk::kBlockPlaces) {
    sheet.fields.erase(desk::box_of_place(place));
  }
  const Result<Date> today = in.pages.today(in.context.now);
  if (!today) return {};
  return desk::usual_fields(*in.pages.parts.issuer, sheet, in.dossier.facts, *today);
}

}  // namespace

void fill_text(const StepInput& in, Json& values) {
  Json fields = Json::array();
  const desk::Fields blocks = blocks_of(in);
  const auto area = [&](const char* name, const char* field, const char* rows) {
    if (!is_allowed(in, field) && in.text(name).empty()) return;
    const auto block = blocks.find(name);
    const bool has_block = block != blocks.end();
    Json one = input(in, name, "area",
                     has_block ? said(in.context, "block_hint", {{"text", block->second}})
                               : rule_said(in, field));
    one["rows"] = rows;
    fields.push_back(std::move(one));
    if (has_block) fields.push_back(check(in, desk::box_of_place(field)));
    add_ground(in, field, fields);
  };
  area("employer_description", "employer_description", "3");
  area("blocks.introduction", "introduction", "2");
  if (is_allowed(in, "leaving_reason")) {
    fields.push_back(leaving_json(in));
    add_ground(in, "leaving_reason", fields);
  }
  for (const char* name : {"thanks", "wishes", "health_cover"}) {
    if (is_allowed(in, name)) fields.push_back(check(in, name));
  }
  area("blocks.closing", "closing", "2");
  values["is_text"] = true;
  values["fields"] = std::move(fields);
  Json sections = Json::array();
  for (const auto& [id, text] : generated(in)) {
    const std::string name = "edited." + id;
    const std::string own = in.text(name);
    sections.push_back({{"name", name},
                        {"field_id", id_of(name)},
                        {"label", section_said(in.context, id)},
                        {"value", own.empty() ? text : own},
                        {"edited", !own.empty() && own != text},
                        {"rows", std::to_string(2 + text.size() / 70)}});
  }
  values["has_sections"] = !sections.empty();
  values["texts"] = std::move(sections);
}

// A section that says what the rules say is not edited.
void take_texts(const StepInput& in, desk::Fields& changes) {
  const SectionTexts texts = generated(in);
  for (auto& [name, text] : changes) {
    if (!name.starts_with("edited.")) continue;
    const auto same = std::ranges::find(texts, name.substr(7), &SectionTexts::value_type::first);
    if (same != texts.end() && same->second == text) text.clear();
  }
}

}  // namespace refledger::site
