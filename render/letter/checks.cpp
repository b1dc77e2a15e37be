#include "render/letter/checks.h"

#include <algorithm>

#include "render/letter/check_run.h"

namespace refledger::letter {
namespace {

constexpr std::size_t kLongestReason = 500;
constexpr std::size_t kLongestName = 160;

// "tasks" of "tasks-2".
std::string base_of(const std::string& id) {
  const std::size_t dash = id.rfind('-');
  const bool numbered = dash != std::string::npos && dash + 1 < id.size() &&
                        id.find_first_not_of("0123456789", dash + 1) == std::string::npos;
  return numbered ? id.substr(0, dash) : id;
}

// What the letter repeats from the facts is no choice of words.
std::vector<std::string> names_in(const Reference& reference) {
  std::vector<std::string> names{reference.employer, reference.given_name, reference.family_name,
                                 reference.employer_place};
  if (reference.place_of_origin) names.push_back(*reference.place_of_origin);
  for (const Function& function : reference.functions) {
    names.push_back(function.title);
    if (function.department) names.push_back(*function.department);
  }
  return names;
}

void mark(ReadSection& section, const std::string& name) {
  if (name.empty()) return;
  for (std::size_t at = section.text.find(name); at != std::string::npos;
       at = section.text.find(name, at + name.size())) {
    section.names.push_back({at, name.size()});
  }
}

// What is about a section comes where the section stands, the rest behind.
void sort_by_place(std::vector<Finding>& findings, const std::vector<ReadSection>& sections) {
  const auto rank = [&](const Finding& finding) {
    const auto found = std::find_if(sections.begin(), sections.end(), [&](const ReadSection& one) {
      return one.id == finding.section;
    });
    return std::pair(found - sections.begin(), finding.begin);
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const Finding& a, const Finding& b) { return rank(a) < rank(b); });
}

}  // namespace

bool ReadSection::is_named(Stretch stretch) const {
  return std::any_of(names.begin(), names.end(), [&](const Stretch& name) {
    return stretch.begin < name.begin + name.length && name.begin < stretch.begin + stretch.length;
  });
}

Stretch ReadSection::stretch_of(const Span& span) const {
  const Word& last = words[span.first + span.count - 1];
  const std::size_t begin = words[span.first].begin;
  return {begin, last.begin + last.length - begin};
}

CheckRun::CheckRun(const Reference& given, const Letter& letter, const Pack& pack,
                   const DocumentType& of_type, const Lexicon& words, const CheckContext& beside)
    : reference(given),
      type(of_type),
      lexicon(words),
      language(words.find(letter.language)),
      context(beside),
      pack_(pack) {
  const std::vector<std::string> names = names_in(reference);
  for (const Section& one : letter.sections) {
    ReadSection read{one.id, base_of(one.id), one.text(), {}, {}};
    read.words = words_of(read.text);
    for (const std::string& name : names) mark(read, name);
    sections.push_back(std::move(read));
  }
}

CheckLevel CheckRun::level_of(const std::string& id) const {
  const FindingRule& rule = lexicon.rule(id);
  for (const std::string& name : {id, rule.check}) {
    const auto found = type.checks.find(name);
    if (found != type.checks.end()) return found->second;
  }
  return rule.level;
}

Finding CheckRun::made(const std::string& id) const {
  const FindingRule& rule = lexicon.rule(id);
  Finding finding;
  finding.id = id;
  finding.level = level_of(id);
  finding.may_override =
      std::count(type.overridable.begin(), type.overridable.end(), id) > 0 ||
      std::count(type.overridable.begin(), type.overridable.end(), rule.check) > 0;
  finding.reason = rule.reason;
  finding.source = rule.source_in(pack_.country);
  return finding;
}

void CheckRun::find(const std::string& id, const ReadSection& section, Stretch stretch) {
  find_as(level_of(id), id, section, stretch);
}

void CheckRun::find_as(CheckLevel level, const std::string& id, const ReadSection& section,
                       Stretch stretch) {
  if (level_of(id) == CheckLevel::off) return;
  Finding finding = made(id);
  finding.level = level;
  finding.section = section.id;
  finding.begin = stretch.begin;
  finding.length = stretch.length;
  finding.excerpt = section.text.substr(stretch.begin, stretch.length);
  findings.push_back(std::move(finding));
}

void CheckRun::find_in(const std::string& id, const std::string& section) {
  if (level_of(id) == CheckLevel::off) return;
  Finding finding = made(id);
  finding.section = section;
  findings.push_back(std::move(finding));
}

void CheckRun::find_field(const std::string& id, const std::string& field) {
  if (level_of(id) == CheckLevel::off) return;
  Finding finding = made(id);
  finding.field = field;
  finding.excerpt = field;
  findings.push_back(std::move(finding));
}

const ReadSection* CheckRun::section(std::string_view id) const {
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [&](const ReadSection& one) { return one.id == id; });
  return found == sections.end() || found->words.empty() ? nullptr : &*found;
}

std::vector<Finding> check(const Reference& reference, const Letter& letter, const Pack& pack,
                           const Lexicon& lexicon, const CheckContext& context) {
  const Result<const DocumentType*> type = pack.type(reference.type);
  if (!type) return {};  // no letter is composed of a type that the pack does not know
  CheckRun run(reference, letter, pack, **type, lexicon, context);
  check_wording(run);
  check_marks(run);
  check_rules(run);
  sort_by_place(run.findings, run.sections);
  return std::move(run.findings);
}

bool is_about(const Override& decision, const Finding& finding) {
  return decision.finding == finding.id && decision.section == finding.section &&
         decision.excerpt == finding.excerpt;
}

Result<Override> override_finding(const Finding& finding, std::string_view reason,
                                  std::string_view by) {
  if (finding.level == CheckLevel::block && !finding.may_override) {
    return Error{Fault::refused, "override: " + finding.id + " cannot be overridden"};
  }
  Result<std::string> why = clean_text(reason, "override: reason", kLongestReason);
  if (!why) return why.error();
  Result<std::string> who = clean_text(by, "override: by", kLongestName);
  if (!who) return who.error();
  return Override{finding.id, finding.section, finding.excerpt, std::move(*why), std::move(*who)};
}

std::vector<Finding> open_findings(const std::vector<Finding>& findings,
                                   const std::vector<Override>& decisions) {
  std::vector<Finding> open;
  for (const Finding& finding : findings) {
    const bool decided = std::any_of(decisions.begin(), decisions.end(),
                                     [&](const Override& one) { return is_about(one, finding); });
    const bool barred = finding.level == CheckLevel::block && !finding.may_override;
    if (finding.level != CheckLevel::hint && (!decided || barred)) open.push_back(finding);
  }
  return open;
}

bool holds_block(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& one) { return one.level == CheckLevel::block; });
}

}  // namespace refledger::letter
