// Hyphenation patterns of one language, in memory as a tree of letters.
//
// Shape    The file names its character set, then one pattern a line ("ab4i"): a digit between two
//          letters says how well a word may (odd) or may not (even) be divided there; the highest
//          that fits counts.  Of all that matches up to a letter only the longest counts, as in
//          libhyphen, for which these files were written: shorter patterns are part of it already.
//          Two levels: joints of compounds, then syllables of their parts.
// Errors   not_found, storage: the file; malformed: neither Latin-1 nor UTF-8
// Source   Liang, Word Hy-phen-a-tion by Com-put-er (1983); the README of libhyphen, whose files
//          these are.  Its own reader takes two seconds for the German ones, this one some 30 ms.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/result.h"

namespace refledger::pdf {

/// One level: patterns by their letters.
class PatternTree {
 public:
  struct Pattern {
    std::u32string letters;  ///< "." where a word begins or ends
    std::string values;      ///< one more than letters
  };
  explicit PatternTree(std::vector<Pattern> patterns);

  /// Counts of letters after which `word`, in lower case, may be divided.
  std::vector<std::size_t> points(std::u32string_view word) const;

 private:
  struct Node {
    char32_t letter = 0;
    std::uint32_t first_child = 0;
    std::uint32_t children = 0;
    std::int32_t pattern = -1;
  };
  const Node* child(const Node& node, char32_t letter) const;

  std::vector<Pattern> patterns_;  ///< sorted by letters
  std::vector<Node> nodes_;        ///< the first is the root; children lie side by side, sorted
};

struct Patterns {
  PatternTree joints;  ///< of compounds; empty for most languages
  PatternTree syllables;
};

Result<Patterns> read_patterns(const std::filesystem::path& path);

}  // namespace refledger::pdf
