#include "render/pdf/patterns.h"

#include <algorithm>
#include <queue>

#include "ledger/core/file.h"
#include "render/pdf/face.h"

namespace refledger::pdf {
namespace {

constexpr std::size_t max_file = 8 << 20;

bool is_digit(char32_t letter) { return letter >= '0' && letter <= '9'; }

// Keywords are in capitals; a slash announces a change of letters, which the new German spelling
// has no more.
bool is_pattern(std::u32string_view line) {
  if (line.empty() || line.front() == '#' || line.front() == '%') return false;
  return std::none_of(line.begin(), line.end(), [](char32_t letter) {
    return (letter >= 'A' && letter <= 'Z') || letter == '/' || letter == ' ' || letter == '=';
  });
}

PatternTree::Pattern parse(std::u32string_view line) {
  PatternTree::Pattern pattern;
  pattern.values.push_back(0);
  for (const char32_t letter : line) {
    if (is_digit(letter)) {
      pattern.values.back() = static_cast<char>(letter - '0');
    } else {
      pattern.letters += letter;
      pattern.values.push_back(0);
    }
  }
  return pattern;
}

std::u32string decoded(std::string_view line, bool utf8) {
  if (utf8) return characters_of(line);
  std::u32string text;
  for (const char letter : line) text += static_cast<unsigned char>(letter);
  return text;
}

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
  return line;
}

}  // namespace

PatternTree::PatternTree(std::vector<Pattern> patterns) : patterns_(std::move(patterns)) {
  std::stable_sort(patterns_.begin(), patterns_.end(),
                   [](const Pattern& a, const Pattern& b) { return a.letters < b.letters; });
  struct Range {
    std::uint32_t node;
    std::size_t begin, end, depth;
  };
  nodes_.emplace_back();
  std::queue<Range> waiting;
  waiting.push({0, 0, patterns_.size(), 0});
  for (; !waiting.empty(); waiting.pop()) {
    auto [node, begin, end, depth] = waiting.front();
    // The shortest comes first; of equal ones the last counts.
    while (begin < end && patterns_[begin].letters.size() == depth) {
      nodes_[node].pattern = static_cast<std::int32_t>(begin++);
    }
    nodes_[node].first_child = static_cast<std::uint32_t>(nodes_.size());
    while (begin < end) {
      const char32_t letter = patterns_[begin].letters[depth];
      std::size_t stop = begin;
      while (stop < end && patterns_[stop].letters[depth] == letter) ++stop;
      ++nodes_[node].children;
      waiting.push({static_cast<std::uint32_t>(nodes_.size()), begin, stop, depth + 1});
      nodes_.push_back({letter, 0, 0, -1});
      begin = stop;
    }
  }
}

const PatternTree::Node* PatternTree::child(const Node& node, char32_t letter) const {
  const Node* begin = nodes_.data() + node.first_child;
  const Node* end = begin + node.children;
  const Node* found = std::lower_bound(
      begin, end, letter, [](const Node& one, char32_t wanted) { return one.letter < wanted; });
  return found != end && found->letter == letter ? found : nullptr;
}

std::vector<std::size_t> PatternTree::points(std::u32string_view word) const {
  std::vector<std::size_t> points;
  if (patterns_.empty()) return points;
  const std::u32string dotted = U"." + std::u32string(word) + U".";
  std::string values(dotted.size() + 1, 0);
  std::vector<bool> taken(dotted.size(), false);  // by the letter at which a match ends
  for (std::size_t begin = 0; begin < dotted.size(); ++begin) {
    const Node* node = nodes_.data();
    for (std::size_t at = begin; at < dotted.size(); ++at) {
      node = child(*node, dotted[at]);
      if (node == nullptr) break;
      const bool shorter = taken[at];
      taken[at] = true;
      if (node->pattern < 0 || shorter) continue;
      const std::string& found = patterns_[static_cast<std::size_t>(node->pattern)].values;
      for (std::size_t i = 0; i < found.size(); ++i) {
        values[begin + i] = std::max(values[begin + i], found[i]);
      }
    }
  }
  for (std::size_t after = 1; after < word.size(); ++after) {
    if ((values[after + 1] & 1) != 0) points.push_back(after);
  }
  return points;
}

Result<Patterns> read_patterns(const std::filesystem::path& path) {
  const Result<Bytes> file = read_file(path, max_file);
  if (!file) return file.error();
  std::string_view rest = text_of(*file);
  const std::string_view set = take_line(rest);
  if (set != "UTF-8" && set != "ISO8859-1") {
    return Error{Fault::malformed, "hyphenation patterns: neither UTF-8 nor Latin-1"};
  }
  std::vector<PatternTree::Pattern> before;
  std::vector<PatternTree::Pattern> patterns;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (line == "NEXTLEVEL") before = std::exchange(patterns, {});
    if (const std::u32string text = decoded(line, set == "UTF-8"); is_pattern(text)) {
      patterns.push_back(parse(text));
    }
  }
  return Patterns{PatternTree(std::move(before)), PatternTree(std::move(patterns))};
}

}  // namespace refledger::pdf
