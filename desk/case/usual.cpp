#include "desk/case/usual.h"

#include <algorithm>
#include <sstream>

#include "render/letter/letter.h"

namespace refledger::desk {
namespace {

constexpr std::array<std::string_view, 4> kLanguages{"de", "fr", "it", "en"};
constexpr std::size_t kMaxParagraph = 3000;
constexpr std::size_t kMaxParagraphs = 10;
constexpr std::string_view kEmployer = "employer_description";

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= 48 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_country(std::string_view text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  std::istringstream rest{std::string(text)};
  for (std::string part; std::getline(rest, part, at);) parts.push_back(std::move(part));
  return parts;
}

// The section that the block is printed as.
std::string section_of(std::string_view place) {
  return std::string(place == kEmployer ? "employer" : place);
}

bool may_stand(const letter::DocumentType& type, std::string_view place) {
  const letter::Rule rule = type.field(place).rule;
  return rule == letter::Rule::usual || rule == letter::Rule::mandatory;
}

std::string text_of_block(const TextBlocks& blocks, const std::string& place,
                          const std::string& language, const std::string& law_and_type) {
  const std::string general = place + "." + language;
  for (const std::string& name : {general + "." + law_and_type, general}) {
    if (const auto found = blocks.find(name); found != blocks.end()) return found->second;
  }
  return {};
}

void keep_strictest(std::vector<letter::Finding>& all, letter::Finding finding) {
  const auto same = std::ranges::find_if(all, [&](const letter::Finding& one) {
    return one.id == finding.id && one.excerpt == finding.excerpt && one.begin == finding.begin;
  });
  if (same == all.end()) {
    all.push_back(std::move(finding));
  } else if (finding.level < same->level) {
    *same = std::move(finding);
  }
}

}  // namespace

std::string field_of_place(std::string_view place) {
  return place == kEmployer ? std::string(place) : "blocks." + std::string(place);
}

std::string box_of_place(std::string_view place) { return "leave_out." + std::string(place); }

Result<BlockName> parse_block_name(std::string_view name) {
  const std::vector<std::string> parts = split(name, '.');
  const bool whole = parts.size() == 2 || parts.size() == 4;
  const bool known = whole && std::ranges::count(kBlockPlaces, parts[0]) > 0 &&
                     std::ranges::count(kLanguages, parts[1]) > 0;
  if (!known || (parts.size() == 4 && !(is_country(parts[2]) && is_word(parts[3])))) {
    return Error{Fault::malformed, "is no place for a text"};
  }
  if (parts.size() == 2) return BlockName{parts[0], parts[1], "", ""};
  return BlockName{parts[0], parts[1], parts[2], parts[3]};
}

Result<std::string> clean_block(std::string_view name, const std::string& text) {
  const Result<BlockName> where = parse_block_name(name);
  if (!where) return where.error();
  std::string kept;
  std::size_t paragraphs = 0;
  for (std::string line : split(text, '\n')) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    Result<std::string> clean = letter::clean_text(line, "text", kMaxParagraph);
    if (!clean) return Error{Fault::malformed, "is not a text that can be printed"};
    kept += (kept.empty() ? "" : "\n") + *clean;
    ++paragraphs;
  }
  if (paragraphs == 0) return Error{Fault::malformed, "is empty"};
  if (paragraphs > (where->place == kEmployer ? 1 : kMaxParagraphs)) {
    return Error{Fault::malformed, "has too many paragraphs"};
  }
  return kept;
}

std::vector<letter::Finding> check_block(const BlockName& name, const std::string& text,
                                         const LetterRules& rules) {
  letter::Letter alone;
  alone.language = name.language;
  alone.sections.push_back({section_of(name.place), split(text, '\n')});
  std::vector<letter::Finding> all;
  for (const letter::Pack& pack : rules.packs.all()) {
    if (!name.country.empty() && pack.country != name.country) continue;
    for (const auto& [id, type] : pack.types) {
      if ((!name.type.empty() && id != name.type) || !may_stand(type, name.place)) continue;
      letter::Reference reference;
      reference.type = id;
      reference.country = pack.country;
      reference.language = name.language;
      for (letter::Finding& one : letter::check(reference, alone, pack, rules.lexicon)) {
        // What it says is asked, not what a letter of nothing else lacks.
        if (one.excerpt.empty() || one.section != alone.sections[0].id) continue;
        keep_strictest(all, std::move(one));
      }
    }
  }
  return all;
}

Fields usual_fields(const IssuerSettings& issuer, const Sheet& sheet, const Facts& facts,
                    Date today) {
  const auto said = [&](const char* field, const char* fact) {
    const std::string typed = sheet.text(field);
    return typed.empty() ? value_of(facts, fact).value_or("") : typed;
  };
  const std::string country = said("country", "governing_law");
  const std::string language = said("language", "language");
  const std::string type = sheet.text("type");
  Fields fields;
  if (issuer.policy.signing != letter::SigningMode::company_seal) {
    fields["signing"] = letter::name_of(issuer.policy.signing);
  }
  const auto pack = issuer.rules->packs.find(country, today);
  if (!pack) return fields;
  const auto rules = (*pack)->type(type);
  if (!rules) return fields;
  for (const std::string_view place : kBlockPlaces) {
    if (sheet.text(box_of_place(place)) == "yes" || !may_stand(**rules, place)) continue;
    std::string text =
        text_of_block(issuer.blocks, std::string(place), language, country + "." + type);
    if (!text.empty()) fields[field_of_place(place)] = std::move(text);
  }
  return fields;
}

}  // namespace refledger::desk
