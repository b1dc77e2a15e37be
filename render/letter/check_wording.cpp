// What the words say, and what they leave out.
#include <algorithm>

#include "render/letter/check_run.h"

namespace refledger::letter {
namespace {

constexpr std::size_t kHeap = 3;  // superlatives in one sentence

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool leads(const CheckRun& run) {
  if (std::any_of(run.reference.ratings.begin(), run.reference.ratings.end(),
                  [](const Rating& rating) { return rating.criterion == "leadership"; })) {
    return true;
  }
  const auto& functions = run.reference.functions;
  return std::any_of(functions.begin(), functions.end(), [&](const Function& function) {
    return !matches_of(run.language->senior, words_of(function.title)).empty();
  });
}

// The section about absences is weighed as a whole, by its own check.
bool is_weighed_there(const ReadSection& section, const std::string& id) {
  return section.base == "absence" &&
         is_one_of(id, {"unlawful_illness", "unlawful_family", "unlawful_absence"});
}

bool any_meets(const std::vector<Span>& spans, const Span& span) {
  return std::any_of(spans.begin(), spans.end(), [&](const Span& one) { return one.meets(span); });
}

bool any_in_sentence(const std::vector<Span>& spans, const std::vector<Word>& words,
                     std::uint32_t sentence) {
  return std::any_of(spans.begin(), spans.end(),
                     [&](const Span& one) { return words[one.first].sentence == sentence; });
}

void find_words(CheckRun& run, const ReadSection& section, const std::string& id,
                const Words& words) {
  const std::vector<Span> spans = matches_of(words.patterns, section.words);
  if (spans.empty()) return;
  const std::vector<Span> except = matches_of(words.except, section.words);
  const std::vector<Span> unless = matches_of(words.unless, section.words);
  for (const Span& span : spans) {
    const Stretch stretch = section.stretch_of(span);
    if (any_meets(except, span) || section.is_named(stretch)) continue;
    if (any_in_sentence(unless, section.words, section.words[span.first].sentence)) continue;
    // Where the reason for leaving stands, the person may have wished it so.
    if (id == "notice_given" && section.base == "leaving") {
      run.find_as(CheckLevel::hint, id, section, stretch);
    } else {
      run.find(id, section, stretch);
    }
  }
}

void check_lexicon(CheckRun& run) {
  const bool senior = leads(run);
  for (const auto& [id, words] : run.language->words) {
    if (words.only_senior && !senior) continue;
    const Scope scope = run.lexicon.rule(id).scope;
    for (const ReadSection& section : run.sections) {
      if (!looks_at(scope, section.base) || is_weighed_there(section, id)) continue;
      find_words(run, section, id, words);
    }
  }
}

void check_heaps(CheckRun& run, const ReadSection& section) {
  const std::vector<Span> strong = matches_of(run.language->strong, section.words);
  std::size_t in_sentence = 0;
  for (std::size_t n = 0; n < strong.size(); ++n) {
    const std::uint32_t sentence = section.words[strong[n].first].sentence;
    const bool same = n > 0 && section.words[strong[n - 1].first].sentence == sentence;
    in_sentence = same ? in_sentence + 1 : 1;
    if (in_sentence == kHeap) {
      const std::size_t first = strong[n + 1 - kHeap].first;
      run.find("superlative_heap", section,
               section.stretch_of({first, strong[n].first + strong[n].count - first}));
    }
  }
}

void check_tense(CheckRun& run, const ReadSection& section) {
  const bool final = run.type.tense == Tense::past;
  const std::vector<Span> present = matches_of(run.language->present, section.words);
  const std::vector<Span> past = matches_of(run.language->past, section.words);
  const std::vector<Span>& wrong = final ? present : past;
  const std::vector<Span>& right = final ? past : present;
  for (const Span& span : wrong) {
    if (any_meets(right, span) || section.is_named(section.stretch_of(span))) continue;
    const std::uint32_t sentence = section.words[span.first].sentence;
    const bool mixed = any_in_sentence(right, section.words, sentence);
    run.find(mixed   ? "tense_mixed"
             : final ? "tense_present"
                     : "tense_past",
             section, section.stretch_of(span));
  }
}

// The first of `patterns` in the section, or nothing; a name of the facts is no group.
std::optional<Span> first_of(const std::vector<Pattern>& patterns, const ReadSection& section) {
  for (const Span& span : matches_of(patterns, section.words)) {
    if (!section.is_named(section.stretch_of(span))) return span;
  }
  return std::nullopt;
}

void check_groups(CheckRun& run) {
  if (run.type.field("conduct").rule == Rule::forbidden) return;
  const ReadSection* conduct = run.section("conduct");
  if (conduct == nullptr) return;
  const std::optional<Span> groups[] = {first_of(run.language->superiors, *conduct),
                                        first_of(run.language->colleagues, *conduct),
                                        first_of(run.language->customers, *conduct)};
  static constexpr const char* kMissing[] = {"group_missing_superiors", "group_missing_colleagues",
                                             "group_missing_customers"};
  std::size_t reached = 0;
  for (std::size_t n = 0; n < std::size(groups); ++n) {
    if (!groups[n]) {
      run.find_in(kMissing[n], conduct->id);
    } else if (groups[n]->first < reached) {
      run.find("group_order", *conduct, conduct->stretch_of(*groups[n]));
    } else {
      reached = groups[n]->first;
    }
  }
}

}  // namespace

bool looks_at(Scope scope, std::string_view base) {
  switch (scope) {
    case Scope::all:
      return true;
    case Scope::person:
      return !is_one_of(base, {"employer", "function", "tasks", "training"});
    case Scope::rating:
      return is_one_of(base, {"performance", "conduct"});
  }
  std::abort();
}

void check_wording(CheckRun& run) {
  if (run.language == nullptr) return;
  check_lexicon(run);
  for (const ReadSection& section : run.sections) {
    if (!looks_at(Scope::rating, section.base)) continue;
    check_heaps(run, section);
    check_tense(run, section);
  }
  check_groups(run);
}

}  // namespace refledger::letter
