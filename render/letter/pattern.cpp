#include "render/letter/pattern.h"

#include <algorithm>
#include <cstdlib>

namespace refledger::letter {
namespace {

Error broken(std::string_view why) { return {Fault::malformed, "pattern: " + std::string(why)}; }

bool begins_with(std::string_view text, std::string_view part) {
  return text.substr(0, part.size()) == part;
}

bool ends_with(std::string_view text, std::string_view part) {
  return text.size() >= part.size() && text.substr(text.size() - part.size()) == part;
}

std::string_view take_until(std::string_view& rest, char mark) {
  const std::size_t end = rest.find(mark);
  const std::string_view part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return part;
}

bool is_one_word(std::string_view text) {
  const std::vector<Word> words = words_of(text);
  return words.size() == 1 && words.front().length == text.size();
}

}  // namespace

bool Pattern::Choice::takes(std::string_view word) const {
  switch (kind) {
    case Kind::whole:
      return word == text;
    case Kind::begin:
      return begins_with(word, text);
    case Kind::end:
      return ends_with(word, text);
    case Kind::inside:
      return word.find(text) != std::string_view::npos;
    case Kind::number:
      return word.find_first_not_of("0123456789") == std::string_view::npos;
  }
  std::abort();
}

bool Pattern::Step::takes(std::string_view word) const {
  return choices.empty() || std::any_of(choices.begin(), choices.end(),
                                        [&](const Choice& choice) { return choice.takes(word); });
}

Result<Pattern::Step> Pattern::parse_step(std::string_view text) {
  Step step;
  if (text == "_") return step;
  if (ends_with(text, "|")) return broken("a step is empty");
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view part = take_until(rest, '|');
    if (part == "#") {
      step.choices.push_back({Choice::Kind::number, ""});
      continue;
    }
    const bool open_begin = begins_with(part, "*");
    if (open_begin) part.remove_prefix(1);
    const bool open_end = ends_with(part, "*");
    if (open_end) part.remove_suffix(1);
    if (!is_one_word(part)) return broken("a step is not a word");
    const Choice::Kind kind = open_begin && open_end ? Choice::Kind::inside
                              : open_begin           ? Choice::Kind::end
                              : open_end             ? Choice::Kind::begin
                                                     : Choice::Kind::whole;
    step.choices.push_back({kind, folded(part)});
  }
  if (step.choices.empty()) return broken("a step is empty");
  return step;
}

Result<void> Pattern::add(std::string_view text) {
  if (begins_with(text, "..")) {
    if (text.size() != 3 || text[2] < '1' || text[2] > '9') return broken("a gap is 1 to 9 words");
    steps_.insert(steps_.end(), static_cast<std::size_t>(text[2] - '0'), Step{{}, true});
    return {};
  }
  const bool optional = ends_with(text, "?");
  if (optional) text.remove_suffix(1);
  Result<Step> step = parse_step(text);
  if (!step) return step.error();
  step->optional = optional;
  steps_.push_back(std::move(*step));
  return {};
}

Result<Pattern> Pattern::parse(std::string_view text) {
  Pattern pattern;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view part = take_until(rest, ' ');
    if (auto added = pattern.add(part); !added) return added.error();
    if (pattern.steps_.size() > kMaxSteps) return broken("too many steps");
  }
  const auto& steps = pattern.steps_;
  const auto is_optional = [](const Step& step) { return step.optional; };
  if (std::all_of(steps.begin(), steps.end(), is_optional)) return broken("nothing must match");
  return pattern;
}

// The steps that may be next when those before `step` are done; bit n is step n.
std::uint32_t Pattern::reachable(std::size_t step) const {
  std::uint32_t states = 0;
  for (;; ++step) {
    states |= std::uint32_t{1} << step;
    if (step == steps_.size() || !steps_[step].optional) return states;
  }
}

std::size_t Pattern::match(const std::vector<Word>& words, std::size_t at) const {
  const std::uint32_t done = std::uint32_t{1} << steps_.size();
  std::uint32_t states = reachable(0);
  std::size_t longest = 0;
  for (std::size_t n = at; n < words.size(); ++n) {
    if (words[n].sentence != words[at].sentence) break;
    std::uint32_t next = 0;
    for (std::size_t step = 0; step < steps_.size(); ++step) {
      const bool waits = (states >> step & 1) != 0;
      if (waits && steps_[step].takes(words[n].folded)) next |= reachable(step + 1);
    }
    if (next == 0) break;
    if ((next & done) != 0) longest = n + 1 - at;
    states = next;
  }
  return longest;
}

std::vector<Span> matches_of(const std::vector<Pattern>& patterns, const std::vector<Word>& words) {
  std::vector<Span> spans;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t longest = 0;
    for (const Pattern& pattern : patterns) longest = std::max(longest, pattern.match(words, at));
    if (longest > 0) spans.push_back({at, longest});
    at += std::max<std::size_t>(longest, 1);
  }
  return spans;
}

}  // namespace refledger::letter
