#include "render/letter/lexicon.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "ledger/core/file.h"
#include "render/letter/data.h"

namespace refledger::letter {

// Found by Node::word.
static const char* name_of(Scope scope) {
  switch (scope) {
    case Scope::all:
      return "all";
    case Scope::person:
      return "person";
    case Scope::rating:
      return "rating";
  }
  std::abort();
}

namespace {

constexpr std::size_t kMaxBytes = 512 * 1024;
constexpr std::array kLanguages{"de", "fr", "it", "en"};
constexpr std::array kLevels{CheckLevel::block, CheckLevel::warn, CheckLevel::hint,
                             CheckLevel::off};
constexpr std::array kScopes{Scope::all, Scope::person, Scope::rating};

std::vector<Pattern> patterns_of(const Node& node) {
  std::vector<Pattern> patterns;
  node.each_item([&](const Node& item) {
    const std::string text = item.text(400);
    if (text.empty()) return;
    Result<Pattern> pattern = Pattern::parse(text);
    if (!pattern) return item.wrong(pattern.error().detail);
    patterns.push_back(std::move(*pattern));
  });
  return patterns;
}

std::vector<Pattern> patterns_if_any(const Node& node, const char* name) {
  return node.has(name) ? patterns_of(node.member(name)) : std::vector<Pattern>();
}

Words words_from(const Node& node) {
  node.only({"patterns", "except", "unless", "only_senior"});
  Words words;
  words.patterns = patterns_of(node.member("patterns"));
  if (words.patterns.empty()) node.member("patterns").wrong("empty");
  words.except = patterns_if_any(node, "except");
  words.unless = patterns_if_any(node, "unless");
  words.only_senior = node.has("only_senior") && node.member("only_senior").flag();
  return words;
}

FindingRule rule_from(const Node& node) {
  node.only({"check", "level", "in", "source", "reason"});
  FindingRule rule;
  rule.check = node.member("check").text();
  rule.level = node.member("level").word(kLevels);
  rule.scope = node.member("in").word(kScopes);
  rule.reason = languages_of(node.member("reason"));
  node.member("source").each_member([&](const std::string& country, const Node& source) {
    rule.sources[country] = source.text();
  });
  if (rule.sources.count("*") == 0) node.member("source").wrong("none for the other countries");
  return rule;
}

bool is_finding(std::string_view name) {
  const auto& names = finding_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

Language language_from(const Node& root, const std::string& language) {
  root.only({"v", "language", "groups", "senior", "strong", "present", "past", "findings"});
  root.member("v").number(1, 1);
  if (root.member("language").text() != language) root.member("language").wrong("another one");
  Language read;
  const Node groups = root.member("groups");
  groups.only({"superiors", "colleagues", "customers"});
  read.superiors = patterns_of(groups.member("superiors"));
  read.colleagues = patterns_of(groups.member("colleagues"));
  read.customers = patterns_of(groups.member("customers"));
  read.senior = patterns_of(root.member("senior"));
  read.strong = patterns_of(root.member("strong"));
  read.present = patterns_of(root.member("present"));
  read.past = patterns_of(root.member("past"));
  root.member("findings").each_member([&](const std::string& name, const Node& node) {
    if (!is_finding(name)) return node.wrong("no such finding");
    read.words[name] = words_from(node);
  });
  return read;
}

template <class Read>
Result<void> read_json(std::string_view text, const std::string& file, Read read) {
  const Result<Json> json = parse_json(text, kMaxBytes, file);
  if (!json) return json.error();
  Trouble trouble(file);
  read(Node(&*json, "", trouble));
  if (trouble.first()) return *trouble.first();
  return {};
}

std::string file_of(const std::string& language) { return "lexicon-" + language + ".json"; }

}  // namespace

const std::string& FindingRule::source_in(const std::string& country) const {
  const auto found = sources.find(country);
  return found == sources.end() ? sources.at("*") : found->second;
}

const std::vector<std::string_view>& finding_names() {
  static const std::vector<std::string_view> names{"absence_forbidden",
                                                   "absence_required",
                                                   "absence_unweighed",
                                                   "absence_without_reason",
                                                   "coded_ability",
                                                   "coded_effort",
                                                   "coded_interests",
                                                   "coded_opportunity",
                                                   "coded_relations",
                                                   "coded_sociability",
                                                   "coded_trivial",
                                                   "date_ahead",
                                                   "date_not_legal_end",
                                                   "date_not_signing_day",
                                                   "double_negation",
                                                   "field_forbidden",
                                                   "field_missing",
                                                   "field_without_ground",
                                                   "grade_needs_second_approval",
                                                   "grade_not_allowed",
                                                   "group_missing_colleagues",
                                                   "group_missing_customers",
                                                   "group_missing_superiors",
                                                   "group_order",
                                                   "identifier_number",
                                                   "length_long",
                                                   "length_short",
                                                   "limiting_word",
                                                   "notice_given",
                                                   "rating_without_evidence",
                                                   "reservation",
                                                   "salary",
                                                   "satisfaction_formula",
                                                   "school_mark",
                                                   "section_missing",
                                                   "signing_mode_consent",
                                                   "signing_mode_insufficient",
                                                   "superlative_heap",
                                                   "tense_mixed",
                                                   "tense_past",
                                                   "tense_present",
                                                   "typographic_mark",
                                                   "unlawful_absence",
                                                   "unlawful_belief",
                                                   "unlawful_disability",
                                                   "unlawful_dispute",
                                                   "unlawful_family",
                                                   "unlawful_garden_leave",
                                                   "unlawful_illness",
                                                   "unlawful_personal",
                                                   "unlawful_private",
                                                   "unlawful_union",
                                                   "unlawful_warning"};
  return names;
}

Result<Lexicon> Lexicon::from_json(std::string_view findings,
                                   const std::map<std::string, std::string>& languages) {
  Lexicon lexicon;
  auto read = read_json(findings, "findings.json", [&](const Node& root) {
    root.only({"v", "findings"});
    root.member("v").number(1, 1);
    const Node all = root.member("findings");
    all.each_member([&](const std::string& name, const Node& node) {
      if (!is_finding(name)) return node.wrong("no such finding");
      lexicon.rules_[name] = rule_from(node);
    });
    for (const std::string_view name : finding_names()) {
      if (!all.has(std::string(name))) all.member(std::string(name));
    }
  });
  if (!read) return read.error();
  for (const auto& [language, text] : languages) {
    read = read_json(text, file_of(language), [&](const Node& root) {
      lexicon.languages_[language] = language_from(root, language);
    });
    if (!read) return read.error();
  }
  return lexicon;
}

Result<Lexicon> Lexicon::load(const std::filesystem::path& folder) {
  const Result<Bytes> findings = read_file(folder / "findings.json", kMaxBytes);
  if (!findings) return findings.error();
  std::map<std::string, std::string> languages;
  for (const char* language : kLanguages) {
    const Result<Bytes> bytes = read_file(folder / file_of(language), kMaxBytes);
    if (!bytes) return bytes.error();
    languages[language] = std::string(text_of(*bytes));
  }
  return from_json(text_of(*findings), languages);
}

const FindingRule& Lexicon::rule(const std::string& finding) const {
  const auto found = rules_.find(finding);
  if (found == rules_.end()) std::abort();  // from_json() saw to it that each is there
  return found->second;
}

const Language* Lexicon::find(const std::string& language) const {
  const auto found = languages_.find(language);
  return found == languages_.end() ? nullptr : &found->second;
}

}  // namespace refledger::letter
